"""Appointments: what is to happen at an hour, kept by the worker, with rights checked again then."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from palabre.items.models import Appointment
from palabre.kit.clock import now

log = logging.getLogger(__name__)

Keeper = Callable[[Appointment], str]

_keepers: dict[str, Keeper] = {}


def keeps(verb: str) -> Callable[[Keeper], Keeper]:
    """`@keeps("publish")` on a function that does it, and returns in a word what became of it."""

    def register(keeper: Keeper) -> Keeper:
        _keepers[verb] = keeper
        return keeper

    return register


def keep_due(moment: datetime | None = None) -> int:
    """Keeps what is due, each in a transaction of its own; returns how many.

    One that fails holds up no other, and is tried again the next time.
    """
    due = Appointment.objects.filter(kept_at=None, due__lte=moment or now(), verb__in=_keepers).order_by("due", "pk")
    return sum(_try(pk) for pk in due.values_list("pk", flat=True)[:500])


def _try(pk: int) -> bool:
    try:
        return _keep(pk)
    except Exception:
        log.exception("the appointment %s could not be kept", pk)
        return False


@transaction.atomic
def _keep(pk: int) -> bool:
    open_ones = Appointment.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
    appointment = open_ones.select_related("item__space", "by").filter(pk=pk, kept_at=None).first()
    if appointment is None:
        return False
    appointment.outcome = _keepers[appointment.verb](appointment)[:200]
    appointment.kept_at = now()
    appointment.save(update_fields=["outcome", "kept_at"])
    return True
