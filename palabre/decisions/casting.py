"""A ballot with the words that go with it: opinions, and objections with the ballots that stand for them."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from palabre.counting.ballots import Choice
from palabre.decisions import tasks
from palabre.decisions.methods import OBJECTION
from palabre.decisions.models import Argument, Decision, Shown, Side
from palabre.decisions.papers import Paper


@transaction.atomic
def cast(decision: Decision, person: Any, paper: Paper) -> None:
    """Takes a ballot that is complete; who objects says to what, who no longer does has lifted their objection."""
    assert paper.ballot is not None
    decision.cast(person, paper.ballot)
    if decision.shown == Shown.VOTED:
        tasks.ask(tasks.count, decision)
    name = decision.rule["name"]
    if name == "advice":
        Argument.objects.say(decision, person, Side.OPINION, paper.words)
    elif name == "consent" and OBJECTION in paper.picked:
        Argument.objects.say(decision, person, Side.OBJECTION, paper.words)
    elif name == "consent":
        Argument.objects.lift(decision, person)


@transaction.atomic
def lift(decision: Decision, person: Any) -> None:
    """Whoever objected says that it is resolved, and consents. Raises Settled."""
    decision.cast(person, Choice(decision.options[0]["key"]))
    Argument.objects.lift(decision, person)
