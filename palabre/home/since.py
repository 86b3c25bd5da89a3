"""What happened to an item since: who did what, in a line or two, and why the reader hears of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from palabre.journal import concerning
from palabre.kit.drawing import avatar
from palabre.kit.html import beginning, strip
from palabre.kit.times import moment
from palabre.people.models import Person
from palabre.signals.models import Why
from palabre.signals.saying import sentence
from palabre.spaces.models import Space

LINES = 2
SAID_BY_THE_ROW = "published"  # by its author, which the row says itself

SHOWN = 280  # characters of what was said
News = Sequence[dict[str, Any]]


def people(rows: Iterable[Mapping[str, Any]]) -> set[int]:
    """Everybody whom the news of these rows name, by primary key."""
    every = [each for row in rows for each in row.get("news") or ()]
    return {key for each in every for key in (each["by"], each["author"]) if key}


def fresh(row: Mapping[str, Any]) -> News:
    """What the reader has not seen of it, else the last of what they have; newest first."""
    news = row["news"]
    return [each for each in news if each["event"] > row["seen"]] or news[:1]


def told(row: Mapping[str, Any], known: Mapping[int, Person], reader: Any) -> SafeString:
    """What happened, drawn, with the last words of it; nothing where that is only that the item appeared."""
    telling = [
        each
        for each in fresh(row)
        if each["verb"] != SAID_BY_THE_ROW or (each["by"] and each["by"] != row["author_id"])
    ]
    lines = []
    for verb, alike in groupby(sorted(telling, key=lambda each: each["verb"]), key=lambda each: each["verb"]):
        some = sorted(alike, key=lambda each: -each["event"])
        who = list(dict.fromkeys(known[each["by"]] for each in some if each["by"] in known))
        quote = next((each["said"] for each in some if each["said"]), None)
        lines.append((some[0]["event"], _line(sentence(verb, who), who, some[0]["at"], reader, quote)))
    drawn = [line for _event, line in sorted(lines, reverse=True)[:LINES]]
    return mark_safe(f'<ul class="since">{"".join(drawn)}</ul>' if drawn else "")  # noqa: S308 - escaped in `_line`


def _line(said: str, who: Sequence[Person], at: str, reader: Any, quote: Sequence[Any] | None) -> str:
    face = avatar(who[0], "sm", reader=reader) if who else ""
    outside = " out" if who and not who[0].is_inside else ""
    words = ""
    if quote:
        address, html = quote
        begins = escape(beginning(strip(html), SHOWN))
        words = f'<a class="quote{outside}" href="{address}">{begins}</a>'
    return f"<li>{face}<div><p>{escape(said)} {moment(datetime.fromisoformat(at))}</p>{words}</div></li>"


def why(row: Mapping[str, Any], known: Mapping[int, Person], spaces: Mapping[int, Space], language: str | None) -> str:
    """Why the reader hears of it, in their language: the reason that counts most, of what is new."""
    news = fresh(row)
    if not news:
        return ""
    best = min(news, key=lambda each: (_rank(each["reason"]), -each["event"]))
    by = known.get(best["by"] or 0)
    said = _reason(best["reason"], language)
    if concerning.known(best["reason"]):
        return said % {"who": by.name if by else ""}
    if best["reason"] == Why.ITEM:
        return said
    space, author = spaces.get(best["space"] or 0), known.get(best["author"] or 0)
    name = best["tag"] or best["search"] or (author.name if author else space.name if space else "")
    return said % {"name": name} if name else ""


@lru_cache(maxsize=256)
def _reason(reason: str, _language: str | None) -> str:
    part = concerning.known(reason)
    return str(part.reason if part else Why(reason).label)


def why_followed(row: Mapping[str, Any], author: Person, space: Space) -> str:
    """Why something published is among what the reader follows."""
    match row["arm"]:
        case "author":
            return str(Why.PERSON.label) % {"name": author.name}
        case "tag":
            return str(Why.TAG.label) % {"name": row["named"]}
        case "search":
            return str(Why.SEARCH.label) % {"name": row["named"]}
        case "kind":
            return str(Why.KIND.label) % {"name": space.name}
        case "space":
            return str(Why.SPACE.label) % {"name": space.name}
    return str(Why.ITEM.label)


def _rank(reason: str) -> int:
    part = concerning.known(reason)
    return part.rank if part else 100
