"""Voices that were lent until a day come back when it is over: who lent one and who carried it are told, once."""

from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction

from palabre.decisions.models import Delegation
from palabre.kit.clock import now

MOST = 500  # voices of which is told in one transaction


def bring_back(then: Callable[[Collection[int]], Any] = len) -> int:
    """Tells of all whose last day is over where their giver is; returns how many those were. In the same transaction
    `then` hears whose voices they are, by their keys.
    """
    told = 0
    while number := _some(then):
        told += number
    return told


@transaction.atomic
def _some(then: Callable[[Collection[int]], Any]) -> int:
    over = Delegation.objects.untold().over().select_related("giver", "to", "space")
    found = list(over.select_for_update(of=("self",), no_key=True, skip_locked=True).order_by("pk")[:MOST])
    for each in found:
        each.tell_of_end()
    Delegation.objects.filter(pk__in=[each.pk for each in found]).update(over_told_at=now())
    then({each.giver_id for each in found})
    return len(found)
