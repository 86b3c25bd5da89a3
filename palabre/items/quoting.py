"""What stands within an item, as it is quoted to who is told of it."""

from palabre.items.models import READABLE, Item, address
from palabre.journal.models import Event
from palabre.journal.quoting import Quote, Row, Rows


def parts(kind: str) -> Rows:
    """The part of a kind that the particular of that name speaks of, as it reads now; none of what was put away."""
    fields = {"kind": "kind", "words": "excerpt", "html": "html", "title": "title"}
    of_whole = {"whole": "parent", "whole_kind": "parent__kind", "whole_title": "parent__title"}
    return Rows(kind, lambda: Item.objects.filter(kind=kind, state__in=READABLE), fields | of_whole)


def of_part(_event: Event, part: Row) -> Quote:
    """How it begins, and its place within the whole."""
    place = address(part["kind"], part["pk"], part["title"])
    if part["whole"]:
        place = f"{address(part['whole_kind'], part['whole'], part['whole_title'])}#{part['kind']}-{part['pk']}"
    return Quote(part["words"], place, part["html"])
