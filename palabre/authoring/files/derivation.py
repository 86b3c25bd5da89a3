"""A text that is saved takes along the files that were dropped into it while it was written."""

from palabre.authoring.derivation import Batch, derives_from_text
from palabre.authoring.files.models import NAMED, File
from palabre.items.models import Item, Revision
from palabre.journal.recording import event, record_many


@derives_from_text
def take_along(batch: Batch) -> None:
    """Only what belongs to no text yet, and only what its writer sent: naming somebody else's file does not show it."""
    named = [
        (int(key), item) for item, _document in batch if "/files/" in item.body for key in NAMED.findall(item.body)
    ]
    if not named:
        return
    free = File.objects.present().filter(item=None, pk__in=[key for key, _item in named])
    files = list(free.select_for_update().order_by("pk"))
    if not files:
        return
    wanted = {(key, _writer(item)): item for key, item in named}
    taken = [file for file in files if (file.pk, file.by_id) in wanted]
    for file in taken:
        file.item = wanted[file.pk, file.by_id]
    File.objects.bulk_update(taken, ["item"])
    record_many(
        event("file_added", file.by_id, item=file.item_id, space=file.item.space_id, file=file.pk, name=file.name)
        for file in taken
        if file.item is not None
    )


def _writer(item: Item) -> int | None:
    """Who wrote the version that is being saved."""
    if item.version == 1:
        return item.author_id
    return Revision.objects.filter(item=item, number=item.version).values_list("by", flat=True).first()
