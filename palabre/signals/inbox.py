"""The inbox as its owner reads it: each thing once, newest state first, with what happened and why they hear of it.

Four queries for a page of thirty, however much waits: the entries, what is new in each, the words behind it, and who
did it. Rights are asked again, so that what went out of sight since is not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from palabre.items.models import Item
from palabre.journal import concerning, quoting, verbs
from palabre.journal.models import Event
from palabre.journal.quoting import Quote
from palabre.kit import paging
from palabre.people.models import Person
from palabre.signals.models import Entry, Follow, Signal, Why
from palabre.spaces.models import Space

SIZE = 30
LATEST = 8  # of what happened to one thing, as many as are told
TOLD = 3  # lines of them
NAMED = 2  # people who did the same, by name; the others are counted
LONG = ("item__body", "item__html", "item__outline")

SHOWN: dict[str, str | Promise] = {
    "waiting": gettext_lazy("To read"),
    "later": gettext_lazy("Put off"),
    "done": gettext_lazy("Done"),
}

_LATEST = """
SELECT signal.* FROM unnest(%(items)s::bigint[], %(spaces)s::bigint[]) AS entry (item, space)
JOIN LATERAL (
    SELECT * FROM signals_signal
    WHERE person_id = %(person)s AND item_id IS NOT DISTINCT FROM entry.item
        AND (entry.item IS NOT NULL OR space_id = entry.space)
    ORDER BY event DESC LIMIT %(latest)s
) AS signal ON true
"""


@dataclass(frozen=True)
class Told:
    """One line: what some people did alike, the newest of it last, and the words behind that."""

    sentence: str
    face: Person | None
    at: datetime
    fresh: bool
    quote: Quote | None = None


@dataclass
class Line:
    """One entry, ready to be drawn. `follow` is what it came by, for whoever would hear less of it."""

    entry: Entry
    title: str
    address: str
    icon: str
    space: Space
    told: list[Told] = field(default_factory=list)
    reason: str = ""
    follow: Follow | None = None

    @property
    def item(self) -> Item | None:
        return self.entry.item


@dataclass(frozen=True)
class Inbox:
    """Some lines by day, and the mark after which the earlier ones start."""

    days: list[tuple[Any, list[Line]]]
    next: str | None

    def __bool__(self) -> bool:
        return bool(self.days)

    @property
    def newest(self) -> int:
        """The last event it tells of: who is done with all of it is done with nothing that came after."""
        return max((line.entry.event for _day, lines in self.days for line in lines), default=0)


def entries(person: Any, show: str = "waiting") -> QuerySet[Entry]:
    """The entries of a person in one of the states `SHOWN`."""
    mine = Entry.objects.of(person)
    if show == "later":
        return mine.put_off()
    return mine.done() if show == "done" else mine.waiting()


def read(request: HttpRequest, show: str = "waiting", loud: bool = False) -> Inbox:
    """The page of the reader's inbox that `?after=` names; with `loud`, only what may interrupt."""
    found = entries(request.user, show)
    if loud:
        found = found.filter(item__isnull=False, loud=True)
    order = ("-done_at", "-id") if show == "done" else ("-at", "-id")
    page = paging.page(found.select_related("item", "space").defer(*LONG), request, order, SIZE)
    lines = drawn(request.user, page.rows)
    days = groupby(lines, key=lambda line: timezone.localtime(line.entry.done_at or line.entry.at).date())
    return Inbox([(day, list(group)) for day, group in days], page.next)


def drawn(person: Any, rows: Sequence[Entry]) -> list[Line]:
    """These entries with what happened in each, newest first."""
    if not rows:
        return []
    signals = _latest(person, rows)
    shown = {signal.event: signal for some in signals.values() for signal in some}
    quotable = [pk for pk, signal in shown.items() if signal.verb in quoting.quotable()]
    quotes = quoting.quoted(Event.objects.filter(pk__in=quotable)) if quotable else {}
    people = Person.objects.select_related("organisation").in_bulk({s.by_id for s in shown.values() if s.by_id})
    follows = Follow.objects.select_related("space", "tag", "author").in_bulk(
        {s.follow_id for s in shown.values() if s.follow_id}
    )
    return [_line(entry, signals.get(_key(entry), []), quotes, people, follows) for entry in rows]


def _latest(person: Any, rows: Sequence[Entry]) -> dict[tuple[int | None, int | None], list[Signal]]:
    values = {
        "person": person.pk,
        "items": [entry.item_id for entry in rows],
        "spaces": [entry.space_id for entry in rows],
        "latest": LATEST,
    }
    found: dict[tuple[int | None, int | None], list[Signal]] = {}
    for signal in Signal.objects.raw(_LATEST, values):
        found.setdefault(_key(signal), []).append(signal)
    return found


def _key(row: Entry | Signal) -> tuple[int | None, int | None]:
    """An item is the same wherever it was moved since."""
    return (row.item_id, None) if row.item_id else (None, row.space_id)


def _line(
    entry: Entry,
    signals: Sequence[Signal],
    quotes: dict[int, Quote],
    people: dict[int, Person],
    follows: dict[int, Follow],
) -> Line:
    item = entry.item
    line = Line(
        entry,
        item.title if item else entry.space.name,
        item.get_absolute_url() if item else entry.space.get_absolute_url(),
        item.kind_of.icon if item else "layers",
        entry.space,
    )
    fresh = [signal for signal in signals if signal.event > entry.seen] or signals[:1]
    for verb, alike in groupby(sorted(fresh, key=lambda each: each.verb), key=lambda each: each.verb):
        line.told.append(_told(verb, sorted(alike, key=lambda each: -each.event), entry, quotes, people))
    line.told = sorted(line.told, key=lambda told: told.at, reverse=True)[:TOLD]
    if signals:
        best = min(fresh, key=lambda signal: (_rank(signal.reason), -signal.event))
        line.follow = follows.get(best.follow_id or 0)
        line.reason = reason_of(best, line.follow, people)
    return line


def _told(
    verb: str, alike: Sequence[Signal], entry: Entry, quotes: dict[int, Quote], people: dict[int, Person]
) -> Told:
    newest = alike[0]
    who = list(dict.fromkeys(people[signal.by_id] for signal in alike if signal.by_id in people))
    return Told(
        sentence(verb, who),
        who[0] if who else None,
        newest.at,
        entry.unread and newest.event > entry.seen,
        next((quotes[signal.event] for signal in alike if signal.event in quotes), None),
    )


def sentence(verb: str, who: Sequence[Person]) -> str:
    """What some people did, as it is told."""
    says = verbs.get(verb).says
    return str(says % {"who": names(who), "n": len(who)}) if who else str(says)


def names(people: Sequence[Person]) -> str:
    """Who it was: two by name, the others by their number."""
    named = [person.name for person in people[:NAMED]]
    if further := len(people) - len(named):
        others = ngettext("%(n)s other", "%(n)s others", further) % {"n": localize(further)}
        named.append(others)
    if len(named) < 2:
        return "".join(named)
    return _("%(some)s and %(last)s") % {"some": ", ".join(named[:-1]), "last": named[-1]}


def reason_of(signal: Signal, follow: Follow | None, people: dict[int, Person]) -> str:
    """Why its owner hears of it."""
    if part := concerning.known(signal.reason):
        by = people.get(signal.by_id or 0)
        return str(part.reason) % {"who": by.name if by else ""}
    if signal.reason == Why.ITEM and follow:
        return _("You follow it: %(because)s") % {"because": follow.get_because_display()}
    return str(Why(signal.reason).label) % {"name": str(follow.thing) if follow else ""}


def _rank(reason: str) -> int:
    part = concerning.known(reason)
    return part.rank if part else 100
