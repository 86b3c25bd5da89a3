"""What links do when something happens elsewhere: names change hands, the graph changes."""

from collections.abc import Sequence

from palabre.items.models import Name
from palabre.journal.listening import listens_to
from palabre.journal.models import Event
from palabre.links import resolution
from palabre.links.tasks import recompute_soon


@listens_to(changes_sight=True, together=True)
def names_change_hands(events: Sequence[Event]) -> None:
    """Items were published, moved, binned or restored: links by their names may lead elsewhere now.

    And other links count, when other people may see their source.
    """
    items = {event.item for event in events if event.item}
    resolution.settle(Name.objects.filter(item__in=items).values_list("key", flat=True))
    recompute_soon()


@listens_to(changes_text=True, changes_sight=False, together=True)
def links_change(events: Sequence[Event]) -> None:
    """Links may have come or gone."""
    recompute_soon()
