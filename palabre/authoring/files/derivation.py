"""A text that is published takes along the files that were dropped into it while it was written."""

import re

from palabre.authoring.derivation import Batch, derives_from_text
from palabre.authoring.files.models import File
from palabre.journal.recording import event, record_many

_FILE = re.compile(r"/files/(\d{1,18})/")


@derives_from_text
def take_along(batch: Batch) -> None:
    """Only into a new text, and only what its author sent: naming somebody else's file does not show it."""
    wanted = {
        (int(key), item.author_id): item
        for item, _document in batch
        if item.version == 1 and "/files/" in item.body
        for key in _FILE.findall(item.body)
    }
    if not wanted:
        return
    files = File.objects.present().filter(item=None, pk__in=[key for key, _author in wanted]).select_for_update()
    taken = [file for file in files.order_by("pk") if (file.pk, file.by_id) in wanted]
    for file in taken:
        file.item = wanted[file.pk, file.by_id]
    File.objects.bulk_update(taken, ["item"])
    record_many(
        event("file_added", file.by_id, item=file.item_id, space=file.item.space_id, file=file.pk, name=file.name)
        for file in taken
        if file.item is not None
    )
