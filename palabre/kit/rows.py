"""Rows of items: the same row in every list, cheap enough for fifty of them.

Measured, what costs in a feed is the rows and not the queries: a template loop over model instances gives half
the rate of value tuples joined here. Powers add to the foot of rows, with one question for all that they show.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import escape
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from palabre.kit.drawing import audience_chip, avatar, icon
from palabre.kit.postgresql.keys import Keys
from palabre.kit.queries import EITHER, Slot
from palabre.kit.times import Watch
from palabre.kit.together import ROWS, Together

Drawing = Callable[[Sequence[dict[str, Any]]], Mapping[int, SafeString]]


@dataclass(frozen=True)
class Foot:
    """What a power shows under items: `told` of the slot of their keys is a queryset of `values()`, `draw` makes of
    what that gives a piece for each key. Who reads sees the items."""

    told: Callable[[Slot], QuerySet[Any, Any]]
    draw: Drawing
    order: int


_feet: list[Foot] = []


def adds_to_foot(told: Callable[[Slot], QuerySet[Any, Any]], order: int = 50) -> Callable[[Drawing], Drawing]:
    """`@adds_to_foot(told)` on the function that draws it."""

    def register(draw: Drawing) -> Drawing:
        _feet.append(Foot(told, draw, order))
        _feet.sort(key=lambda each: each.order)
        return draw

    return register


def feet(keys: Sequence[int]) -> dict[int, SafeString]:
    """What the powers show under each of these items: one query."""
    if not keys or not _feet:
        return {}
    pieces: dict[int, str] = defaultdict(str)
    for foot, rows in zip(_feet, _all_told()(items=Keys(keys)), strict=True):
        for key, piece in foot.draw(json.loads(rows) if rows else ()).items():
            pieces[key] += piece
    return {key: mark_safe(piece) for key, piece in pieces.items()}  # noqa: S308 - made of safe pieces


@cache
def _all_told() -> Together:
    """A column for each power."""
    return Together([(ROWS, foot.told(Slot("items"))) for foot in _feet], planned=EITHER)


class Row(NamedTuple):
    """What a row shows of an item; `author` and `space` are a person and a space, shared by many rows.

    `said` is what happened since, drawn; `why` says why the reader is shown it.
    """

    pk: int
    title: str
    address: str
    excerpt: str
    at: datetime
    author: Any
    space: Any
    icon: str
    kind: Any
    language: str
    sign: str = ""
    said: str = ""  # safe already
    why: str = ""


def row_of(item: Any) -> Row:
    """The row of an item fetched with its author and space."""
    kind = item.kind_of
    sign = "" if item.state == "published" else item.get_state_display()
    return Row(
        item.pk,
        item.title,
        item.get_absolute_url(),
        item.excerpt,
        item.published_at,
        item.author,
        item.space,
        kind.icon,
        kind.label,
        item.language,
        sign,
    )


def draw(
    rows: Iterable[Row],
    feet: dict[int, SafeString] | None = None,
    *,
    reader: Any = None,
    lead: bool = False,
    dated: bool = True,
    readers: Mapping[int, int] | None = None,
) -> SafeString:
    """The rows, one after the other; the first one larger with `lead`, with the time only unless `dated`. `readers`
    says how many read a space, by its key.
    """
    pieces = []
    people: dict[int, tuple[str, str]] = {}
    places: dict[int, tuple[str, str]] = {}
    kinds: dict[int, str] = {}
    watch, within = Watch(), _("in %(space)s")
    tell = watch.moment if dated else watch.time_of_day
    feet = feet or {}
    for index, row in enumerate(rows):
        if row.author.pk not in people:
            people[row.author.pk] = avatar(row.author, reader=reader), name(row.author, reader)
        if row.space.pk not in places:
            address, label = escape(row.space.get_absolute_url()), escape(row.space.name)
            place = within % {"space": f'<a href="{address}">{label}</a>'}
            count = readers.get(row.space.pk) if readers else None
            places[row.space.pk] = place, audience_chip(row.space.audience, row.space.get_audience_display(), count)
        if (kind := id(row.kind)) not in kinds:  # the words themselves are looked up at each asking
            kinds[kind] = f'<span class="kind">{icon(row.icon)}{escape(str(row.kind))}</span>'
        face, who = people[row.author.pk]
        place, chip = places[row.space.pk]
        spoken = escape(row.language)
        excerpt = f'<p class="ex" lang="{spoken}">{escape(row.excerpt)}</p>' if row.excerpt else ""
        sign = f'<span class="state">{escape(str(row.sign))}</span>' if row.sign else ""
        why = f'<span class="why">{escape(row.why)}</span>' if row.why else ""
        pieces.append(
            f'<article class="item{" lead" if lead and not index else ""}">{face}<div class="body">'
            f'<div class="by">{who}<span>{place}</span>{tell(row.at)}{why}</div>'
            f'<h3 lang="{spoken}"><a href="{escape(row.address)}">{escape(row.title)}</a></h3>{excerpt}'
            f'<div class="foot">{chip}{kinds[kind]}{sign}'
            f"{feet.get(row.pk, '')}</div>{row.said}</div></article>"
        )
    return mark_safe("".join(pieces))  # noqa: S308 - every value is escaped above


def name(person: Any, reader: Any = None) -> SafeString:
    """A person's name, leading to them if the reader may meet them, and their organisation when it is not the house."""
    if reader is None or person.is_met_by(reader):
        who = format_html('<a href="{}"><b>{}</b></a>', person.get_absolute_url(), person.name)
    else:
        who = format_html("<b>{}</b>", person.name)
    if person.is_inside or not person.organisation_id:
        return who
    return format_html('{} <span class="org">{}</span>', who, person.organisation.name)
