"""Who may vote: looked up when the vote opens, and kept."""

from __future__ import annotations

from typing import Any

from palabre.decisions.models import Decision, Elector, Who
from palabre.people.models import Person
from palabre.spaces.models import Membership
from palabre.spaces.readership import readers


def those(decision: Decision) -> list[int]:
    """The keys of those who would vote if it opened now: people, not bots, who read it and can sign in."""
    reading = readers(decision.item.space).filter(is_bot=False)
    if decision.who == Who.MEMBERS:
        members = Membership.objects.filter(space=decision.item.space_id)
        reading = reading.filter(pk__in=members.values("person"))
    elif decision.who == Who.NAMED:
        reading = reading.filter(pk__in=named(decision).values("person"))
    return list(reading.order_by("pk").values_list("pk", flat=True))


def named(decision: Decision) -> Any:
    """Before opening, who is named; afterwards, who may vote."""
    return Elector.objects.filter(decision=decision)


def met(decision: Decision, reader: Any) -> tuple[list[Elector], int]:
    """The places of those who may vote whom the reader may meet, by name, and how many others there are."""
    every = named(decision)
    shown = every.filter(person__in=Person.objects.visible_to(reader).values("pk"))
    voices = list(shown.select_related("person__organisation", "organisation").order_by("person__name", "person"))
    return voices, every.count() - len(voices)
