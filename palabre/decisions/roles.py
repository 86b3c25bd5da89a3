"""Who stands in which role towards a vote."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from palabre.decisions.models import Elector, ElectorQuerySet
from palabre.journal.concerning import role
from palabre.journal.models import Event


@role("elector", _("You may vote on it"), rank=14, personal=True)
def electors(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Everybody who may vote."""
    return _among(events, Elector.objects.all())


@role("unheard", _("Your ballot is missing"), rank=13, personal=True)
def unheard(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Who may vote and has not."""
    return _among(events, Elector.objects.all().unheard())


@role("unconfirmed", _("You voted on an earlier text"), rank=13, personal=True)
def unconfirmed(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Who voted before the text changed in substance."""
    return _among(events, Elector.objects.all().unconfirmed())


def _among(events: Sequence[Event], electors: ElectorQuerySet) -> Iterable[tuple[int, int]]:
    people: dict[int, list[int]] = defaultdict(list)
    asked = electors.filter(decision__in={event.item for event in events}).order_by("pk")
    for decision, person in asked.values_list("decision", "person"):
        people[decision].append(person)
    return [
        (event.pk, person)
        for event in events
        for person in people[event.item or 0]
        if person not in event.particulars.get("spared", ())  # enough was asked of them this month
    ]
