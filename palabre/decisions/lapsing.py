"""Voices that were lent until a day come back when it is over: who lent one and who carried it are told, once."""

from collections.abc import Iterable

from django.db import transaction

from palabre.decisions import tasks
from palabre.decisions.models import Decision, Delegation, Shown, Stage
from palabre.kit.clock import now
from palabre.people.models import Person

MOST = 500  # voices of which is told in one transaction


def bring_back() -> int:
    """Tells of all whose last day is over where the house is; returns how many those were."""
    told = 0
    while number := _some():
        told += number
    return told


@transaction.atomic
def _some() -> int:
    over = Delegation.objects.untold().over().select_related("giver", "to", "space")
    found = list(over.select_for_update(of=("self",), no_key=True, skip_locked=True).order_by("pk")[:MOST])
    for each in found:
        each.tell_of_end()
    Delegation.objects.filter(pk__in=[each.pk for each in found]).update(over_told_at=now())
    count_anew({each.giver for each in found})
    return len(found)


def count_anew(givers: Iterable[Person]) -> None:
    """What is shown of open votes on which their voices are heard elsewhere now."""
    shown = Decision.objects.filter(stage=Stage.OPEN, shown=Shown.VOTED, delegated=True)
    for decision in shown.filter(electors__person__in=[each.pk for each in givers]).distinct():
        tasks.ask(tasks.count, decision)
