"""What stands within something, as an answer does: what is told of it is told of the whole."""

from palabre.items import kinds
from palabre.journal.models import Event


def text_of(event: Event) -> int | None:
    """The item whose text an event brings: the part that one of the whole names by its kind, or the item itself."""
    parts = (event.particulars.get(name) for names in kinds.parts().values() for name in names)
    return next(filter(None, parts), event.item)
