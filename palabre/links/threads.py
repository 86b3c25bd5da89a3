"""The thread on which an item stands: what led to it, and what it led to, step by step, as far as one reader sees.

The statement is a part of others, written out: it walks along `led to`, `answers`, `objects to` and `supersedes`, both
ways, and each step must be one that the reader sees. What lies behind something hidden is not reached: that two things
they see hang together by a third that they do not is not theirs to know. The voices for a thing are a step of their own
before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import connection

from palabre.items import kinds, seeing
from palabre.items.models import Item
from palabre.links.stops import Stop
from palabre.links.voices import Heard

STEPS = 6  # from the item, each way
FORK = 12  # ways from one thing that are followed, of each sort: what leads to a thousand things hides nothing else
MOST = 60  # things that are looked at
AFTER = "ARRAY['answers', 'objects_to', 'supersedes']"  # what a link says whose source came after its target

# Gives `thread`: from which item, what, how many steps away, later or earlier. One type of link says of its source that
# it came first, the others that it came after; each way is two looks into an index.
WALKED = f"""
walk (root, node, depth, later) AS (
  SELECT root, root, 0, later FROM unnest(%(roots)s::bigint[]) AS root, unnest(%(ways)s::boolean[]) AS later
  UNION
  SELECT walk.root, beside.other, walk.depth + 1, walk.later
  FROM walk CROSS JOIN LATERAL (
    (SELECT i.id AS other FROM links_link l JOIN items_item i ON i.id = l.target_id WHERE l.source_id = walk.node
      AND l.type = ANY(CASE WHEN walk.later THEN ARRAY['led_to'] ELSE {AFTER} END)
      AND i.id IN ({{visible}}) LIMIT {FORK})
    UNION ALL
    (SELECT i.id FROM links_link l JOIN items_item i ON i.id = l.source_id WHERE l.target_id = walk.node
      AND l.type = ANY(CASE WHEN walk.later THEN {AFTER} ELSE ARRAY['led_to'] END)
      AND i.id IN ({{visible}}) LIMIT {FORK})
  ) AS beside
  WHERE walk.depth < {STEPS} AND beside.other <> walk.root
), near_ones AS (
  SELECT * FROM walk WHERE depth > 0 LIMIT %(most)s
), thread AS (
  SELECT root, node, max(depth) AS depth, bool_and(later) AS later FROM near_ones GROUP BY root, node
)
"""  # noqa: S608 - of constants
_LED_TO = f"""
WITH RECURSIVE {WALKED}
SELECT thread.root, i.id, i.kind, i.title, i.space_id, thread.depth, thread.later
FROM thread JOIN items_item i ON i.id = thread.node ORDER BY thread.root, thread.depth, i.id
"""  # noqa: S608 - of constants


@dataclass
class Thread:
    """What came before an item, and what came after, each the nearest first; `heard` are the voices for it."""

    before: list[Stop] = field(default_factory=list)
    after: list[Stop] = field(default_factory=list)
    heard: Heard | None = None

    def __bool__(self) -> bool:
        return bool(self.before or self.after)

    def walk(self, stop: Stop, *, later: bool) -> None:
        """One step more; none at all is the item itself, and the voices for it."""
        if stop.depth:
            (self.after if later else self.before).append(stop)
        else:
            self.heard = Heard(stop)

    @property
    def earlier(self) -> Iterator[Sequence[Stop | Heard]]:
        """What came before, as it came: what is equally far stands together, and before it the voices for it."""
        return _together(sorted(self.before, key=lambda stop: (-stop.depth, stop.pk)))

    @property
    def since(self) -> Iterator[Sequence[Stop | Heard]]:
        """What came after, as it came."""
        return _together(sorted(self.after, key=lambda stop: (stop.depth, stop.pk)))


def given(*roots: int, later_only: bool = False) -> dict[str, Any]:
    """The values of the placeholders in `WALKED`."""
    ways = [True] if later_only else [True, False]
    return {"roots": list(roots), "ways": ways, "most": MOST * max(1, len(roots))}


def led_to(person: Any, keys: Collection[int]) -> dict[int, list[Stop]]:
    """What each of these items led to, the nearest first: one query."""
    if not keys:
        return {}
    visible, values = seeing.visible(person)
    found: dict[int, list[Stop]] = {key: [] for key in keys}
    with connection.cursor() as cursor:
        cursor.execute(_LED_TO.format(visible=visible), values | given(*keys, later_only=True))
        for root, pk, kind, title, space, depth, _later in cursor.fetchall():
            found[root].append(Stop(pk, kind, title, space, depth))
    return found


def tell(stops: Iterable[Stop], beside: Iterable[Item] = ()) -> dict[int, str]:
    """How each of them stands, in the few words of its kind, and these items as well, whose words are returned: one
    query for each kind."""
    stops = list(stops)
    every: list[Any] = [*stops, *beside]
    said = kinds.in_few_words({each.pk: each for each in every}.values())
    for stop in stops:
        stop.said = said.get(stop.pk, "")
    return said


def _together(stops: Sequence[Stop]) -> Iterator[Sequence[Stop | Heard]]:
    for _depth, some in groupby(stops, key=lambda stop: stop.depth):
        alike = list(some)
        if heard := [Heard(stop, forked=len(alike) > 1) for stop in alike if stop.voices]:
            yield heard
        yield alike
