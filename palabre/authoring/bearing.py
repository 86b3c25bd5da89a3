"""What is said below something and bears its words: an answer those of its question, an argument those of its decision.

Lists, searches and inboxes show it under them, and it has no name by which texts could mean it instead.
"""

from __future__ import annotations

from palabre.authoring.derivation import Batch
from palabre.items.models import Item, Name
from palabre.journal.recording import event, record_many


def bear_the_title(batch: Batch, kind: str, above: str) -> None:
    """After a change of texts: those of `kind` take the title of what they stand below, of the kind `above`."""
    below = [item for item, _document in batch if item.kind == kind]
    if below:
        Name.objects.filter(item__in=below).delete()
        titles = dict(Item.objects.filter(pk__in={each.parent_id for each in below}).values_list("pk", "title"))
        for item in below:
            title = titles.get(item.parent_id or 0, item.title)
            if item.title != title:
                item.title = title
                item.save(update_fields=["title"])
    for item in (item for item, _document in batch if item.kind == above):
        stale = Item.objects.filter(kind=kind, parent=item).exclude(title=item.title)
        if renamed := list(stale.select_for_update(no_key=True).only("pk", "space_id").order_by("pk")):
            stale.update(title=item.title)
            record_many(event("renamed", None, item=each, space=each.space_id) for each in renamed)
