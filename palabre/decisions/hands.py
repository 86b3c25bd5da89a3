"""The hands through which voices come beside a ballot: to whom the reader's goes, and how many come to theirs.

Both come in the query of the decision, which has none to spare. The statement says of one reader what `Elector.hands`
says of all: a topic goes before the space, and of two topics the one that was lent last; the voice of an organisation
is not lent on. It walks from the reader backwards, so that it costs as much as there are voices that come to them.
Whether somebody voted meanwhile it does not ask: while a vote is open nobody learns here who has.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import or_
from typing import Any

from django.db.models import Case, Exists, JSONField, When

from palabre.decisions.models import Delegation, Stage
from palabre.items.models import Item
from palabre.kit.queries import Slot, Written


def _counts(row: str) -> str:
    """Whether a voice is lent for this now, by the hour by which votes are counted."""
    lasts = f"({row}.ends_at IS NULL OR {row}.ends_at > now())"
    return f"{lasts} AND ({row}.space_id = about.space OR {row}.topic IN (TABLE called))"


_LISTED = "v.decision_id = about.decision AND v.organisation_id IS NULL"
_BESIDE = f"""
WITH RECURSIVE about AS (
  SELECT item_id AS decision, (about->>'space')::bigint AS space, about->'tags' AS tags
  FROM decisions_decision WHERE item_id = %(pk)s
), topic AS (
  SELECT t.id FROM about, jsonb_array_elements_text(about.tags) AS k (key) JOIN tags_tag t ON t.key = k.key
  UNION
  SELECT a.tag_id FROM about, jsonb_array_elements_text(about.tags) AS k (key) JOIN tags_alias a ON a.key = k.key
), called AS (
  SELECT key FROM tags_tag WHERE id IN (TABLE topic) UNION SELECT key FROM tags_alias WHERE tag_id IN (TABLE topic)
), carried (giver) AS (
  SELECT %(reader)s::bigint
  UNION
  SELECT e.giver_id FROM carried
  JOIN decisions_delegation e ON e.to_id = carried.giver
  CROSS JOIN about
  JOIN decisions_elector v ON v.person_id = e.giver_id AND {_LISTED}
  WHERE {_counts("e")} AND NOT EXISTS (
    SELECT 1 FROM decisions_delegation other WHERE other.giver_id = e.giver_id AND {_counts("other")}
      AND (other.topic > '', other.at, other.id) > (e.topic > '', e.at, e.id)
  )
)
SELECT (SELECT count(*) - 1 FROM carried) AS number, mine.*
FROM about LEFT JOIN LATERAL (
  SELECT p.name AS to, e.topic, s.name AS space, e.until FROM decisions_delegation e
  JOIN decisions_elector v ON v.person_id = e.giver_id AND {_LISTED}
  JOIN people_person p ON p.id = e.to_id
  LEFT JOIN spaces_space s ON s.id = e.space_id
  WHERE e.giver_id = %(reader)s AND {_counts("e")}
  ORDER BY e.topic > '' DESC, e.at DESC, e.id DESC LIMIT 1
) AS mine ON true
"""  # noqa: S608 - of constants


@dataclass(frozen=True)
class Hand:
    """To whom the reader's voice goes where they do not vote, for what, and until when."""

    to: str
    topic: str
    space: str
    until: date | None


def beside() -> Case:
    """Of a decision on which lent voices are heard, while it is open, for who lends or is lent any."""
    lent = (Exists(Delegation.objects.filter(**{side: Slot("reader")})) for side in ("giver", "to"))
    heard = When(or_(*lent), decision__delegated=True, decision__stage=Stage.OPEN, then=Written(_BESIDE, {}))
    return Case(heard, output_field=JSONField())


def of(item: Item) -> tuple[Hand | None, int]:
    """Where the reader's voice goes, and how many voices come to theirs, as they came with the decision."""
    row: Any = item
    if not row.hands:
        return None, 0
    [told] = row.hands
    until = told["until"] and date.fromisoformat(told["until"])
    mine = Hand(told["to"], told["topic"], told["space"] or "", until) if told["to"] else None
    return mine, told["number"]
