"""What one may do with files: who may change the text may attach and remove."""

from typing import Any

from palabre.authoring.files.models import File
from palabre.items.models import Item
from palabre.kit.policy import may, rule
from palabre.spaces.policy import writes_somewhere


@rule("file.add")
def may_add(person: Any, item: Item | None) -> bool:
    """To an item one may edit; to a text of one's own that is not published yet, who may write somewhere."""
    if item is not None:
        return may(person, "item.edit", item)
    return writes_somewhere(person)


@rule("file.remove")
def may_remove(person: Any, file: File) -> bool:
    """Who may edit its item; where nobody does, in a text to come and in what stands apart, who sent it."""
    if file.item is None or file.item.kind_of.apart:
        return file.by_id == person.pk
    return may(person, "item.edit", file.item)
