"""What the worker counts, so that no page waits for it: how open votes stand, and votes that somebody closes early; and
the days on which lent voices come back."""

from collections.abc import Collection
from typing import Any

from procrastinate.contrib.django import app

from palabre.journal.waiting import ask_once


@app.task(name="decisions.count", queueing_lock="decisions.count")
def count(decision: int) -> None:
    """Counts an open vote for those to whom it is shown."""
    from palabre.decisions.models import Decision, Standing

    if found := Decision.objects.select_related("item__space").filter(pk=decision).first():
        Standing.objects.keep(found)


@app.task(name="decisions.end", queueing_lock="decisions.end")
def end(decision: int, by: int, reason: str) -> None:
    """Closes a vote before its hour, if whoever asked for it still may."""
    from palabre.decisions.models import Decision, Stage
    from palabre.kit.policy import may
    from palabre.people.models import Person

    found = Decision.objects.select_related("item__space").get(pk=decision)
    person = Person.objects.get(pk=by)
    if found.stage == Stage.OPEN and may(person, "decision.steer", found):
        found.close(person, reason)


@app.periodic(cron="2 * * * *")
@app.task(name="decisions.bring_back", queueing_lock="decisions.bring_back")
def bring_back(timestamp: int) -> None:
    """Tells of the lent voices whose last day is over; of each once, so a repeated run does no harm."""
    from palabre.decisions import lapsing

    lapsing.bring_back(count_anew)


def count_anew(givers: Collection[Any]) -> None:
    """What is shown of open votes on which the voices of these people (or their keys) are heard elsewhere now."""
    from palabre.decisions.models import Decision, Shown, Stage

    shown = Decision.objects.filter(stage=Stage.OPEN, shown=Shown.VOTED, delegated=True)
    for decision in shown.filter(electors__person__in=givers).distinct():
        ask(count, decision)


def ask(task: Any, decision: Any, **more: Any) -> None:
    """Has a vote counted, or closed, by the worker; asked for several times before it begins, that is done once."""
    ask_once(task, 0, about=decision.pk, decision=decision.pk, **more)
