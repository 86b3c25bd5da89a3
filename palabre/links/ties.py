"""What joins an item to others, for one reader, in one query: backlinks with their sentence, typed links both ways.

Loaded once for all panels of a page. A page everybody cites shows its latest citations and how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Case, F, Q, Value, When, Window
from django.db.models.functions import DenseRank, RowNumber

from palabre.items.models import Item
from palabre.links.models import Link, Type

CITED = 8
JOINED = 40
_COLUMNS = ("pk", "type", "at", "label", "sentence", "source", "target")
_OF_ITEMS = ("title", "kind", "state", "space_id")


@dataclass
class Tie:
    """One link as seen from one of its ends: `words` say what it is, `other` is at the far end."""

    link: Link
    words: Any
    other: Item


@dataclass
class Ties:
    """All that joins one item to others, as far as one reader sees."""

    cited: list[Link] = field(default_factory=list)
    citing: int = 0
    typed: list[Tie] = field(default_factory=list)
    successor: Item | None = None

    def by_words(self) -> Iterator[tuple[Any, list[Tie]]]:
        """Typed links under the words that they share."""
        for words, ties in groupby(self.typed, key=lambda tie: tie.words):
            yield words, list(ties)


def of(person: Any, item: Item) -> Ties:
    """The ties of `item` for `person`; asked once, then kept on the item."""
    kept = getattr(item, "_ties", None)
    if kept is None:
        kept = load(person, item)
        item._ties = kept  # type: ignore[attr-defined]
    return kept


def load(person: Any, item: Item) -> Ties:
    """The one query. Links of an item to itself join nothing."""
    seen = Item.objects.visible_to(person).order_by().values("pk")
    typed = ~Q(type=Type.TEXT)
    links: Any = Link.objects
    rows = (
        links.filter(Q(target=item, source__in=seen) | (typed & Q(source=item, target__in=seen)))
        .exclude(source=F("target"))
        .annotate(by_hand=Case(When(typed, then=Value(True)), default=Value(False)))
        .annotate(
            once=Window(RowNumber(), partition_by=[F("type"), F("source"), F("target")], order_by="pk"),
            up=Window(DenseRank(), partition_by=F("by_hand"), order_by=F("source").asc()),
            down=Window(DenseRank(), partition_by=F("by_hand"), order_by=F("source").desc()),
        )
        .filter(Q(by_hand=True, up__lte=JOINED) | Q(once=1, down__lte=CITED))
        .select_related("source", "target")
        .only(*_COLUMNS, *(f"{end}__{name}" for end in ("source", "target") for name in _OF_ITEMS))
        .order_by("type", "-source", "target")
    )
    ties = Ties()
    for link in rows:
        if link.type == Type.TEXT:
            ties.cited.append(link)
            ties.citing = link.up + link.down - 1  # the number of different sources
        else:
            ties.typed.append(_tie(link, item))
            if link.type == Type.SUPERSEDES and link.target_id == item.pk:
                ties.successor = link.source
    return ties


def _tie(link: Link, item: Item) -> Tie:
    kind = Type(link.type)
    if link.source_id == item.pk:
        return Tie(link, kind.label, link.target)  # type: ignore[arg-type]
    return Tie(link, kind.inverse, link.source)
