"""What a commitment knows beside its item: who carries it, by when, how it stands, and how it came there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from palabre.commitments import agenda
from palabre.items.models import Facet, Item
from palabre.kit.clock import now
from palabre.links import following
from palabre.links.models import Link, Type

LONGEST = 4000  # characters of what came of it, of a reason
SOON = timedelta(days=7)


class Settled(ValueError):
    """It was settled meanwhile, or opened again."""


class State(models.TextChoices):
    """How it stands. Only an open one can be settled, only a settled one opened again."""

    OPEN = "open", pgettext_lazy("a commitment", "Open")
    KEPT = "kept", pgettext_lazy("a commitment", "Kept")
    BROKEN = "broken", pgettext_lazy("a commitment", "Not kept")
    DROPPED = "dropped", pgettext_lazy("a commitment", "Dropped")


SETTLING = {State.KEPT: "commitment_kept", State.BROKEN: "commitment_broken", State.DROPPED: "commitment_dropped"}


def in_a_month() -> date:
    """A commitment always has a day; where none was said, this one."""
    return localdate() + timedelta(days=30)


class Commitment(Facet):
    """What its item says somebody will do. `result` tells what came of it, as soon as it is no longer open.

    The database refuses one that is settled without a word.
    """

    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    carrier = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="commitments"
    )
    due = models.DateField(default=in_a_month)
    result = models.TextField(blank=True, max_length=LONGEST)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "due", "item"], name="commitments_by_day"),
            models.Index(fields=["carrier", "due"], condition=Q(state="open"), name="commitments_open_of"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", result="", settled_at=None)
                | (~Q(state="open") & ~Q(result="") & Q(settled_at__isnull=False)),
                name="commitments_settled_in_words",
            )
        ]

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_late(self) -> bool:
        """Its day is over, and it is still open."""
        return self.is_open and self.due < localdate()

    @transaction.atomic
    def settle(self, state: str, words: str, by: Any) -> None:
        """It was kept, it was not, or it is given up: `words` say what came of it. Raises Settled if it is not open."""
        self._hold(is_open=True)
        self.state, self.result, self.settled_at = state, words, now()
        self.save(update_fields=["state", "result", "settled_at"])
        agenda.forget(self.pk)
        self._turn(state, by, words)
        self._tell(SETTLING[State(state)], by)

    @transaction.atomic
    def open_again(self, due: date, words: str, by: Any) -> None:
        """It is to be done after all, by another day. Raises Settled if it is open."""
        self._hold(is_open=False)
        self.state, self.result, self.settled_at, self.due = State.OPEN, "", None, due
        self.save(update_fields=["state", "result", "settled_at", "due"])
        self._turn("again", by, words)
        self._expect(by)
        self._tell("commitment_opened_again", by)

    @transaction.atomic
    def postpone(self, due: date, words: str, by: Any) -> None:
        """Another day, for the reason that `words` give. Raises Settled if it is not open."""
        self._hold(is_open=True)
        self.due = due
        self.save(update_fields=["due"])
        self._turn("day", by, words)
        self._expect(by)
        self._tell("commitment_postponed", by)

    @transaction.atomic
    def hand_to(self, carrier: Any, by: Any) -> None:
        """Who carries it from now on. Raises Settled if it is not open."""
        self._hold(is_open=True)
        if self.carrier_id == carrier.pk:
            return
        self.carrier = carrier
        self.save(update_fields=["carrier"])
        self._turn("carrier", by)
        self._expect(by)
        self.item.record("commitment_handed", by, person=carrier)

    def sources(self) -> list[int]:
        """What led to it, by primary key: who waits for that, waits for this."""
        return list(
            Link.objects.filter(type=Type.LED_TO, target=self.pk).order_by("source").values_list("source", flat=True)
        )

    def _expect(self, by: Any) -> None:
        agenda.expect(self.pk, self.due, self.carrier or by)

    def _tell(self, verb: str, by: Any) -> None:
        self.item.record(verb, by, after=self.sources(), turn=self.turns.latest("pk").pk)

    def _turn(self, what: str, by: Any, words: str = "") -> None:
        Turn.objects.create(commitment=self, what=what, words=words, due=self.due, carrier=self.carrier, by=by)

    def _hold(self, *, is_open: bool) -> None:
        """Nobody else changes it meanwhile, and it stands as expected."""
        self.take_hold()
        if self.is_open != is_open:
            raise Settled(self.state)


class Turn(models.Model):
    """What happened to a commitment, with the words of who did it, and the day and the carrier it had from then on."""

    class What(models.TextChoices):
        KEPT = "kept", pgettext_lazy("a commitment", "Kept")
        BROKEN = "broken", pgettext_lazy("a commitment", "Not kept")
        DROPPED = "dropped", pgettext_lazy("a commitment", "Dropped")
        AGAIN = "again", _("Opened again")
        DAY = "day", _("Another day")
        CARRIER = "carrier", _("Handed over")

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="turns")
    what = models.CharField(max_length=10, choices=What)
    words = models.TextField(blank=True, max_length=LONGEST)
    due = models.DateField()
    carrier = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.what} {self.commitment_id}"


@transaction.atomic
def made(item: Item, by: Any, source: Item | None = None) -> Commitment:
    """A commitment just written: its days are kept, its carrier is told, and `source` led to it, if `by` may say so."""
    commitment: Commitment = item.commitment  # type: ignore[attr-defined]
    commitment.item = item
    agenda.expect(item.pk, commitment.due, commitment.carrier or by)
    if source:
        following.tie(source, item, by)
    if commitment.carrier and commitment.carrier != by:
        item.record("commitment_handed", by, person=commitment.carrier)
    return commitment
