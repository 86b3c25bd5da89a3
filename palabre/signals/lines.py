"""Entries as lines: what happened to each thing, newest first, with the words behind it, who did it, and why.

Five queries, however many entries and however many sorts of things happened: what is new in each, the events and
their words, who did it and what is followed. Rights were asked when the entries were found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from palabre.items.models import Item
from palabre.journal import quoting
from palabre.journal.models import Event
from palabre.journal.quoting import Quote
from palabre.kit.drawn import Drawn
from palabre.kit.queries import EITHER, Prepared, Slot
from palabre.people.models import Person
from palabre.signals.models import ITSELF, SAID_TO_THEM, Entry, Follow, Signal
from palabre.signals.saying import rank, reason_of, sentence
from palabre.spaces import sight
from palabre.spaces.models import Space

LATEST = 8  # of what happened to one thing, as many as are told
TOLD = 3  # lines of them
LONG = ("item__body", "item__html", "item__outline")

# Of items and of spaces apart: what may be either is found by no index, but by going through all that one was told.
_LATEST = """
SELECT signal.* FROM unnest(%(items)s::bigint[]) AS entry (item)
CROSS JOIN LATERAL (
    SELECT * FROM signals_signal WHERE person_id = %(person)s AND item_id = entry.item
    ORDER BY event DESC LIMIT %(latest)s
) AS signal
UNION ALL
SELECT signal.* FROM unnest(%(spaces)s::bigint[]) AS entry (space)
CROSS JOIN LATERAL (
    SELECT * FROM signals_signal
    WHERE person_id = %(person)s AND item_id IS NULL AND space_id IS NOT DISTINCT FROM entry.space
        AND (space_id IS NOT NULL OR reason = %(said)s OR %(runs)s)
    ORDER BY event DESC LIMIT %(latest)s
) AS signal
"""

_PEOPLE = Prepared(lambda: Person.objects.select_related("organisation").filter(pk__among=Slot("keys")), planned=EITHER)
_FOLLOWS = Prepared(
    lambda: Follow.objects.select_related("space", "tag", "author", "search").filter(
        Q(pk__among=Slot("keys"))
        | Q(person=Slot("person"), item__among=Slot("items"))
        | Q(person=Slot("person"), kind=ITSELF)
    ),
    planned=EITHER,
)


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
    """One entry, ready to be drawn. `follow` is what it came by, for whoever would hear less of it, and `level` how
    much they hear of that; `addressed`, that it was said to them; `of_space`, that it is about a space they read.

    What concerns the whole house stands in no space, and leads to where its newest news does.
    """

    entry: Entry
    title: str
    address: str
    icon: str
    space: Space | None
    told: list[Told] = field(default_factory=list)
    reason: str = ""
    follow: Follow | None = None
    level: str = ""
    addressed: bool = False
    of_space: bool = False

    @property
    def item(self) -> Item | None:
        return self.entry.item

    @property
    def of_house(self) -> bool:
        """Whether it is about nothing smaller than the house."""
        return not self.item and not self.space

    @property
    def what(self) -> str:
        """What kind of thing it is, in a word."""
        if self.item:
            return str(self.item.kind_of.label)
        return _("Space") if self.space else _("The house")


@dataclass(frozen=True)
class Known:
    """Who reads, and what lines are drawn from, by primary key; with `apart`, each signal has a line of its own."""

    reader: Any
    quotes: Mapping[int, Quote]
    people: Mapping[int, Person]
    follows: Drawn
    apart: bool

    def level_of(self, item: int | None, space: int | None) -> str:
        """How much the reader hears of an item, or of what happens to a space or to the house; "" where they said
        nothing."""
        return self._levels.get((item, None if item else space), "")

    @cached_property
    def _levels(self) -> dict[tuple[int | None, int | None], str]:
        named = self.follows.columns(self.follows, "item_id", "space_id", "kind", "level")
        return {(item, space): level for item, space, kind, level in named if item or kind == ITSELF}


def drawn(person: Any, rows: Sequence[Entry]) -> list[Line]:
    """These entries with what happened in each, newest first."""
    return _lines(person, rows, _latest(person, rows)) if rows else []


def told_of(person: Any, signals: Sequence[Signal], apart: bool = False) -> list[Line]:
    """What these signals of a person tell, thing by thing, what matters most first.

    Alike things stand together in a line; with `apart`, each has its own, oldest first.
    """
    about: dict[tuple[int | None, int | None], list[Signal]] = {}
    for signal in sorted(signals, key=lambda each: -each.event):
        about.setdefault(_key(signal), []).append(signal)
    things = Q(item__in=[item for item, _space in about if item])
    places = Q(item=None, space__in=[space for _item, space in about if space])
    if (None, None) in about:
        places |= Q(item=None, space=None)
    entries = Entry.objects.filter(things | places, person=person).select_related("item", "space").defer(*LONG)
    order = {key: number for number, key in enumerate(about)}
    return _lines(person, sorted(entries, key=lambda entry: order[_key(entry)]), about, apart)


def _lines(
    person: Any, rows: Sequence[Entry], signals: dict[tuple[int | None, int | None], list[Signal]], apart: bool = False
) -> list[Line]:
    shown = {signal.event: signal for some in signals.values() for signal in some}
    quotable = [pk for pk, signal in shown.items() if signal.verb in quoting.quotable()]
    quotes = quoting.quoted(Event.objects.filter(pk__in=quotable)) if quotable else {}
    people = _PEOPLE.by_key(keys=list({s.by_id for s in shown.values() if s.by_id}))
    followed, items = {s.follow_id for s in shown.values() if s.follow_id}, [row.item_id for row in rows if row.item_id]
    follows = _FOLLOWS.by_key(keys=list(followed), person=person.pk, items=items)
    known = Known(person, quotes, people, follows, apart)
    lines = [_line(entry, signals.get(_key(entry), []), known) for entry in rows]
    seen = sight.of(person)
    for line in lines:
        if not line.item and line.space:
            line.of_space = seen.reads(line.space.pk)
            if not line.of_space:  # it was asked for, and refused: the word is there
                line.address = reverse("spaces:access", args=[line.space.slug])
    return lines


def _latest(person: Any, rows: Sequence[Entry]) -> dict[tuple[int | None, int | None], list[Signal]]:
    values = {
        "person": person.pk,
        "items": [entry.item_id for entry in rows if entry.item_id],
        "spaces": [entry.space_id for entry in rows if not entry.item_id],
        "latest": LATEST,
        "said": SAID_TO_THEM,
        "runs": bool(person.is_admin),
    }
    found: dict[tuple[int | None, int | None], list[Signal]] = {}
    for signal in Signal.objects.raw(_LATEST, values):
        found.setdefault(_key(signal), []).append(signal)
    return found


def _key(row: Entry | Signal) -> tuple[int | None, int | None]:
    """An item is the same wherever it was moved since."""
    return (row.item_id, None) if row.item_id else (None, row.space_id)


def _line(entry: Entry, signals: Sequence[Signal], known: Known) -> Line:
    item = entry.item
    line = Line(
        entry,
        item.kind_of.title_of(item, known.reader) if item else entry.space.name if entry.space else settings.COMPANY,
        item.get_absolute_url() if item else entry.space.get_absolute_url() if entry.space else "/",
        item.kind_of.icon if item else "layers" if entry.space else "building-2",
        entry.space,
    )
    fresh = [signal for signal in signals if signal.event > entry.seen] or signals[:1]
    if known.apart:
        line.told = [_told(signal.verb, [signal], entry, known) for signal in reversed(fresh)]
    else:
        for verb, alike in groupby(sorted(fresh, key=lambda each: each.verb), key=lambda each: each.verb):
            line.told.append(_told(verb, sorted(alike, key=lambda each: -each.event), entry, known))
        line.told = sorted(line.told, key=lambda told: told.at, reverse=True)[:TOLD]
    if not (item or entry.space):
        line.address = next((told.quote.address for told in line.told if told.quote), line.address)
    line.level = known.level_of(entry.item_id, entry.space_id)
    if signals:
        best = min(fresh, key=lambda signal: (rank(signal.reason), -signal.event))
        line.follow = known.follows.get(best.follow_id or 0)
        line.reason, line.addressed = reason_of(best, line.follow, known.people), best.addressed
        if item and line.follow and not line.follow.item_id:
            line.level = line.follow.level
    return line


def _told(verb: str, alike: Sequence[Signal], entry: Entry, known: Known) -> Told:
    newest, people, quotes = alike[0], known.people, known.quotes
    who = list(dict.fromkeys(person for signal in alike if (person := people.get(signal.by_id or 0))))
    return Told(
        sentence(verb, who, apart=bool(entry.item and entry.item.kind_of.apart)),
        who[0] if who else None,
        newest.at,
        entry.unread and newest.event > entry.seen,
        next((quotes[signal.event] for signal in alike if signal.event in quotes), None),
    )
