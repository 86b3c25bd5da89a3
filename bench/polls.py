"""Open votes and consultations of the bench's world, for those who look at them while they poll."""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

VOTES, OPTIONS, BALLOTS, CONSULTATIONS = 20, 6, 200, 10


def begin(spaces: Sequence[Any], people: Sequence[Any]) -> dict[str, list[str]]:
    """Their addresses: votes among a crowd, whose results are hidden until they close, and consultations on a price."""
    return {"votes": [_vote(number, spaces, people) for number in range(VOTES)],
            "consultations": [_asked(number, spaces, people) for number in range(CONSULTATIONS)]}  # fmt: skip


def _vote(number: int, spaces: Sequence[Any], people: Sequence[Any]) -> str:
    from palabre.authoring.writing import publish
    from palabre.counting.document import declared
    from palabre.counting.schulze import Schulze
    from palabre.counting.terms import Terms
    from palabre.decisions.models import Ballot
    from palabre.kit.clock import now
    from palabre.people.models import Person, Side

    space, by = spaces[number % len(spaces)], people[0]
    item = publish("decision", space, by, f"Where shall we meet, {number}?", "One town for two days.\n")
    decision = item.decision  # type: ignore[attr-defined]
    decision.item = item
    options = [{"key": str(key), "title": f"Town {key}"} for key in range(1, OPTIONS + 1)]
    decision.prepare(by, [], options=options, closes_at=now() + timedelta(days=9), **declared(Terms(Schulze())))
    crowd = Person.objects.bulk_create(
        Person(name=f"Voter {number} {each}", handle=f"voter{number}x{each}", side=Side.COMPANY)
        for each in range(BALLOTS)
    )
    decision.open(by, lambda _decision: [person.pk for person in (*people, *crowd)])
    choose = random.Random(number)  # noqa: S311
    keys = [option["key"] for option in options]
    Ballot.objects.bulk_create(
        Ballot(decision=decision, voter=person, said=[[key] for key in choose.sample(keys, OPTIONS)], version=1)
        for person in crowd
    )
    return str(item.get_absolute_url())


def _asked(number: int, spaces: Sequence[Any], people: Sequence[Any]) -> str:
    from palabre.authoring.writing import publish
    from palabre.consultations.methods import METHODS
    from palabre.kit.clock import now

    space, by = spaces[number % len(spaces)], people[0]
    made = METHODS["price"].make({"name": {"en": f"The box {number}"}, "unit": "F", "lines": [], "prices": []})
    made.pop("statements", None)
    item = publish(
        "consultation", space, by, f"What is the box worth, {number}?", "Two minutes.\n", method="price", **made
    )
    consultation = item.consultation  # type: ignore[attr-defined]
    consultation.item = item
    consultation.open(by, now() + timedelta(days=9))
    return str(item.get_absolute_url())
