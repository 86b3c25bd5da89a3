"""Who stands in which role towards an item."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from palabre.items.models import Item
from palabre.journal.concerning import role
from palabre.journal.models import Event


@role("owner", _("You answer for it"), rank=30)
def owners(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Who answers for the item."""
    return _named(events, "owner_id")


@role("author", _("You wrote it"), rank=40)
def authors(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Who wrote the item."""
    return _named(events, "author_id")


def _named(events: Sequence[Event], field: str) -> Iterable[tuple[int, int]]:
    people = dict(Item.objects.filter(pk__in={event.item for event in events}).values_list("pk", field))
    return [(event.pk, people[event.item]) for event in events if event.item and people.get(event.item)]
