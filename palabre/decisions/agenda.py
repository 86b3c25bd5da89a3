"""The hours of a vote, kept by appointments: when it opens, when it closes, when it is looked at again."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import get_default_timezone, make_aware

from palabre.items.models import Appointment
from palabre.kit.clock import now

if TYPE_CHECKING:
    from palabre.decisions.models import Decision

OPEN, CLOSE, REMIND, REVIEW = "decision_open", "decision_close", "decision_remind", "decision_review"
EVE = timedelta(days=1)


def expect(decision: Decision, verb: str, due: datetime | None, by: Any) -> None:
    """It is to happen then and at no other hour; None: it is not to happen."""
    if due is None:
        _of(decision, verb).update(kept_at=now(), outcome="cancelled")
    else:
        Appointment.objects.update_or_create(
            item_id=decision.pk, verb=verb, kept_at=None, defaults={"due": due, "by": by}
        )


def forget(decision: Decision) -> None:
    """A vote that is over neither closes nor reminds anybody."""
    _of(decision, CLOSE, REMIND).update(kept_at=now(), outcome="cancelled")


def eve_of(decision: Decision) -> datetime | None:
    """A day before it closes, if that is still to come."""
    eve = decision.closes_at - EVE if decision.closes_at else None
    return eve if eve and eve > now() else None


def morning_of(day: date | None) -> datetime | None:
    """Eight o'clock of that day, where the house is."""
    return make_aware(datetime.combine(day, time(8)), get_default_timezone()) if day else None


def _of(decision: Decision, *verbs: str) -> Any:
    return Appointment.objects.filter(item=decision.pk, verb__in=verbs, kept_at=None)
