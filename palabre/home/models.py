"""What is talked of these days: computed now and then, for who reads the front page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection, models, transaction

from palabre.items.models import Item

HALF_LIFE = timedelta(hours=48)
SINCE = timedelta(days=7)
LEAST = 2  # people; one alone is no talk
MOST = 500  # items kept

# Everybody who said something or made a gesture counts once, by the last time, and half as much every `HALF_LIFE`.
# All scores fade at the same rate, so that their order stays right between two computations.
_COMPUTED = """
SELECT item, sum(power(2, -extract(epoch FROM now() - at) / %(half_life)s)) AS score, count(*) AS people
FROM (
    SELECT item, person, max(at) AS at FROM (
        SELECT item_id AS item, by_id AS person, at FROM talk_comment
        WHERE deleted_at IS NULL AND at > now() - %(since)s
        UNION ALL
        SELECT item_id, by_id, at FROM talk_reaction WHERE at > now() - %(since)s
    ) AS done GROUP BY item, person
) AS each
WHERE item IN (
    SELECT items_item.id FROM items_item JOIN spaces_space ON spaces_space.id = space_id WHERE NOT nameless
)
GROUP BY item HAVING count(*) >= %(least)s ORDER BY score DESC, item LIMIT %(most)s
"""


class Trend(models.Model):
    """How much an item is talked of: the people who took part in the last seven days, each weighed by how lately.

    score = Σ over people of 2^(-age of their last word / 48 h). Exponential decay as in G. Cormode, V. Shkapenyuk,
    D. Srivastava and B. Xu, "Forward Decay: A Practical Time Decay Model for Streaming Systems", ICDE 2009. What is
    said about an item is seen by who sees the item, so that a score tells nobody of what is hidden from them.
    """

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.CASCADE, related_name="trend")
    score = models.FloatField()
    people = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["-score", "item"], name="home_trending")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.score:.2f}"

    @classmethod
    @transaction.atomic
    def compute(cls) -> int:
        """Counts anew for the whole house; returns how many items are talked of."""
        values: dict[str, Any] = {"half_life": HALF_LIFE.total_seconds(), "since": SINCE, "least": LEAST, "most": MOST}
        with connection.cursor() as cursor:
            cursor.execute(_COMPUTED, values)
            found = [Trend(item_id=item, score=score, people=people) for item, score, people in cursor.fetchall()]
        found.sort(key=lambda trend: trend.item_id)
        Trend.objects.exclude(pk__in=[trend.pk for trend in found]).delete()
        Trend.objects.bulk_create(
            found, update_conflicts=True, unique_fields=["item"], update_fields=["score", "people"]
        )
        return len(found)
