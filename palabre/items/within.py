"""What stands within something, as an answer does: what is told of it is told of the whole."""

from palabre.items import kinds
from palabre.journal.models import Event


def part_of(event: Event) -> tuple[str, int] | None:
    """The kind and the key of the part that an event of the whole speaks of, which it names by its kind."""
    names = [name for names in kinds.parts().values() for name in names]
    return next(((name, key) for name in names if (key := event.particulars.get(name))), None)


def text_of(event: Event) -> int | None:
    """The item whose text an event brings: the part of which it speaks, or the item itself."""
    part = part_of(event)
    return part[1] if part else event.item
