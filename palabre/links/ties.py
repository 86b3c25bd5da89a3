"""What joins an item to others, for one reader, in one query: backlinks with their sentence, typed links both ways,
and the thread on which it stands.

Every item page asks for it, so the query is written out: composing it anew with the ORM took ten times as long as
running it. Who may see what is not written out, it comes from `visible_to`. Loaded once for all panels of a page; a
page that everybody cites shows its latest citations, and how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import connection

from palabre.items import seeing
from palabre.items.models import Item, address
from palabre.kit.queries import ONCE, planned
from palabre.links import voices
from palabre.links.models import Type
from palabre.links.stops import Stop
from palabre.links.threads import WALKED, Thread, given

CITED = 8
JOINED = 40
SUCCESSORS = 3
ANY = 2**63 - 1  # no item has a higher number

_AROUND = f"""
WITH RECURSIVE {WALKED}, near AS (
  SELECT l.id, l.type, l.source_id = %(item)s AS outward, l.label, l.title AS wanted, l.sentence,
         i.id AS other, i.kind, i.title, i.space_id
  FROM links_link l
  JOIN items_item i ON i.id = CASE WHEN l.source_id = %(item)s THEN l.target_id ELSE l.source_id END
  WHERE (l.target_id = %(item)s OR (l.source_id = %(item)s AND l.type <> 'text'))
    AND l.source_id <> l.target_id AND i.id IN ({{visible}})
    AND (l.type = 'text' OR i.id < %(before)s)
), counted AS (
  SELECT near.*, row_number() OVER (PARTITION BY type = 'text', other, type, outward ORDER BY id) AS once,
         dense_rank() OVER (PARTITION BY type = 'text' ORDER BY other DESC) AS latest,
         dense_rank() OVER (PARTITION BY type = 'text' ORDER BY other) AS oldest,
         type = 'supersedes' AND NOT outward AS replaces,
         dense_rank() OVER (PARTITION BY type = 'supersedes' AND NOT outward ORDER BY other DESC) AS newest,
         dense_rank() OVER (PARTITION BY type = 'supersedes' AND NOT outward ORDER BY other) AS first
  FROM near
)
SELECT id, type, outward, label, wanted, sentence, other, kind, title, space_id, latest + oldest - 1,
       latest, replaces, newest, newest + first - 1
FROM counted
WHERE once = 1 AND (
  latest <= CASE WHEN type = 'text' THEN {{cited}} ELSE {{joined}} END OR (replaces AND newest <= {{successors}})
)
UNION ALL
SELECT NULL, '', thread.later, '', '', '', i.id, i.kind, i.title, i.space_id, thread.depth, {{voices}}, NULL, NULL, NULL
FROM thread JOIN items_item i ON i.id = thread.node
UNION ALL
SELECT NULL, '', true, '', '', '', i.id, i.kind, i.title, i.space_id, 0, {{voices}}, NULL, NULL, NULL
FROM items_item i WHERE i.id = %(item)s AND {{voices}} > 0
ORDER BY type, outward, other DESC
"""  # noqa: S608 - of constants


_placed: set[tuple[Type, str]] = set()


def place(type: Type, kind: str) -> None:
    """Links of this type towards items of that kind have a place of their own at both ends, which their room draws."""
    _placed.add((type, kind))


def placed(type: Type) -> set[str]:
    """The kinds towards which links of this type have a place of their own."""
    return {kind for each, kind in _placed if each is type}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The item at the far end of a link: enough to name it and to lead there."""

    pk: int
    kind: str
    title: str
    space_id: int

    def get_absolute_url(self) -> str:
        return address(self.kind, self.pk, self.title)


@dataclass(frozen=True, slots=True)
class Citation:
    """A text that cites the item, with the sentence that does."""

    source: Neighbour
    label: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A typed link as seen from one of its ends: `words` say what it is, `other` is at the far end."""

    link: int
    words: Any
    other: Neighbour
    type: Type
    outward: bool


@dataclass
class Ties:
    """All that joins one item to others, as far as one reader sees.

    `citing` counts the texts that cite it, `joined` the items it is tied to, `replaced` those that take its place,
    shown or not: however much it is tied to, the latest `successors` are among what comes.
    """

    kind: str
    cited: list[Citation] = field(default_factory=list)
    citing: int = 0
    typed: list[Tie] = field(default_factory=list)
    joined: int = 0
    successors: list[Neighbour] = field(default_factory=list)
    replaced: int = 0
    thread: Thread = field(default_factory=Thread)

    @property
    def further(self) -> int:
        """How many items it is tied to beyond those shown."""
        return self.joined - len({tie.other.pk for tie in self.typed})

    @property
    def last(self) -> int:
        """After which item the further ones come: `before` of their turn."""
        return min((tie.other.pk for tie in self.typed), default=0)

    def by_words(self) -> Iterator[tuple[Any, list[Tie]]]:
        """Typed links under the words that they share, but for those that their room shows in a place of its own."""
        for words, ties in groupby(self.unplaced, key=lambda tie: tie.words):
            yield words, list(ties)

    @property
    def unplaced(self) -> list[Tie]:
        """The typed links that no room shows in a place of its own."""
        return [tie for tie in self.typed if (tie.type, tie.other.kind if tie.outward else self.kind) not in _placed]


def of(person: Any, item: Item) -> Ties:
    """The ties of `item` for `person`; asked once, then kept on the item."""
    kept = getattr(item, "_ties", None)
    if kept is None:
        kept = load(person, item)
        item._ties = kept  # type: ignore[attr-defined]
    return kept


def load(person: Any, item: Item, joined: int = JOINED, before: int | None = None) -> Ties:
    """The one query; of typed links, those with the `joined` latest items, older than `before` where it is said.

    Links of an item to itself join nothing.
    """
    ties = Ties(item.kind)
    visible, values = seeing.visible(person)
    with planned(ONCE), connection.cursor() as cursor:
        values = values | {"item": item.pk, "before": ANY if before is None else before} | given(item.pk)
        heard = voices.number_of("i.id")
        statement = _AROUND.format(visible=visible, cited=CITED, joined=joined, successors=SUCCESSORS, voices=heard)
        cursor.execute(statement, values)
        for link, said, outward, label, wanted, sentence, pk, kind, title, space, sources, *rank in cursor.fetchall():
            if not said:
                ties.thread.walk(Stop(pk, kind, title, space, sources, voices=rank[0]), later=outward)
                continue
            other, type = Neighbour(pk, kind, title, space), Type(said)
            if type is Type.TEXT:
                ties.cited.append(Citation(other, label, wanted, sentence))
                ties.citing = sources
                continue
            latest, replaces, newest, successors = rank
            ties.joined = sources
            if latest <= joined:
                ties.typed.append(Tie(link, type.label if outward else type.inverse, other, type, outward))
            if replaces and newest <= SUCCESSORS:
                ties.successors.append(other)
                ties.replaced = successors
    return ties
