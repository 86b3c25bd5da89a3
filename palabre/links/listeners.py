"""What links do when something happens elsewhere: names change hands, the graph changes."""

from palabre.items.models import Name
from palabre.journal.listening import listens_to
from palabre.journal.models import Event
from palabre.links import resolution
from palabre.links.tasks import recompute_soon


@listens_to(changes_sight=True)
def names_change_hands(event: Event) -> None:
    """An item was published, moved, binned or restored: links by its names may lead elsewhere now."""
    if event.item:
        resolution.settle(Name.objects.filter(item=event.item).values_list("key", flat=True))


@listens_to(changes_text=True)
def authority_changes(event: Event) -> None:
    """Links may have come or gone."""
    recompute_soon()


@listens_to(changes_sight=True)
def audience_changes(event: Event) -> None:
    """Other links count when other people may see their source."""
    recompute_soon()
