"""Who stands in which role towards a commitment: who carries it, and who waits for what led to it."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from palabre.commitments.models import Commitment
from palabre.journal import concerning
from palabre.journal.concerning import role
from palabre.journal.models import Event

Pairs = Iterable[tuple[int, int]]
# Parts that people have in what leads to a commitment; rooms that are not there have none.
BEFORE = ("supporter", "proxy", "said", "commenter", "elector", "heard", "author")


@role("committed", pgettext_lazy("a commitment", "You carry it"), rank=12, personal=True)
def committed(events: Sequence[Event]) -> Pairs:
    """Who carries it."""
    rows = Commitment.objects.filter(pk__in={event.item for event in events}).exclude(carrier=None)
    carriers = dict(rows.values_list("pk", "carrier"))
    return [(event.pk, carriers[event.item]) for event in events if event.item in carriers]


@role("committing", pgettext_lazy("a commitment", "%(who)s asks you to carry it"), rank=13, personal=True)
def committing(events: Sequence[Event]) -> Pairs:
    """Who was named to carry it."""
    return [(event.pk, event.person) for event in events if event.person]


@role("hoping", _("It came of something you took part in"), rank=34)
def hoping(events: Sequence[Event]) -> Pairs:
    """Who wrote, supported, brought a voice to, commented, answered or voted on what led to it."""
    whose: dict[int, int] = {}
    before = []
    for event in events:
        for source in event.particulars.get("after", ()):
            stand_in = Event(pk=-1 - len(whose), item=source, verb=event.verb)
            whose[stand_in.pk] = event.pk
            before.append(stand_in)
    parts = [part for name in BEFORE if before and (part := concerning.known(name))]
    return sorted({(whose[key], person) for part in parts for key, person in part.find(before)})
