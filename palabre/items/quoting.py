"""What stands within an item, as it is quoted to who is told of it."""

from collections.abc import Mapping, Sequence

from palabre.items.models import READABLE, Item
from palabre.journal.models import Event
from palabre.journal.quoting import Quote
from palabre.kit.html import beginning

LONGEST = 280  # characters in a list


def of_parts(events: Sequence[Event], named: str) -> Mapping[int, Quote]:
    """How each part begins that a particular of these events names, as it reads now; none for what was put away."""
    numbers = {event.pk: event.particulars.get(named) for event in events}
    parts = Item.objects.filter(pk__in=[key for key in numbers.values() if key], state__in=READABLE)
    parts = parts.select_related("parent").only("kind", "excerpt", "html", "parent__kind", "parent__title")
    said = {part.pk: Quote(beginning(part.excerpt, LONGEST), _place(part), part.html) for part in parts}
    return {event: said[key] for event, key in numbers.items() if key in said}


def _place(part: Item) -> str:
    return f"{part.parent.get_absolute_url()}#{part.kind}-{part.pk}" if part.parent else part.get_absolute_url()
