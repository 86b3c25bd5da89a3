"""How often strangers begin from one address, of which an hour's fingerprint is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models

from palabre.consultations.models.consultation import fingerprint
from palabre.kit.clock import now

AN_HOUR, KNOCKS = timedelta(hours=1), 40  # strangers' beginnings from one address

_NOTED = """
INSERT INTO consultations_knock (address, at)
SELECT %(address)s::varchar, %(now)s
WHERE (SELECT count(*) FROM consultations_knock WHERE address = %(address)s::varchar AND at > %(since)s) < %(most)s
"""


class Knock(models.Model):
    """Somebody without an account began to answer, from an address of which an hour's fingerprint is kept."""

    address = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["address", "at"], name="consultations_knocks")]

    def __str__(self) -> str:
        return f"{self.at:%H:%M}"

    @classmethod
    def again(cls, address: str) -> bool:
        """Notes it; False when there were too many within the hour. One statement, for a crowd may come at once."""
        values: dict[str, Any] = {
            "address": fingerprint(0, address),
            "now": now(),
            "since": now() - AN_HOUR,
            "most": KNOCKS,
        }
        with connection.cursor() as cursor:
            cursor.execute(_NOTED, values)
            return bool(cursor.rowcount)

    @classmethod
    def free_at(cls, address: str) -> datetime:
        """When somebody may begin from that address again: once the first of an hour ago leaves it."""
        first = cls.objects.filter(address=fingerprint(0, address), at__gt=now() - AN_HOUR).order_by("at").first()
        return (first.at if first else now()) + AN_HOUR

    @classmethod
    def forget(cls) -> None:
        """What is older than an hour."""
        cls.objects.filter(at__lt=now() - AN_HOUR).delete()
