"""What one may do with bookmarks beside what one may do with any item."""

from typing import Any

from palabre.bookmarks.models import Bookmark
from palabre.items.models import State
from palabre.kit.policy import may, rule


@rule("bookmark.save")
def may_save(person: Any, bookmark: Bookmark) -> bool:
    """Stand among those who keep it, with a note: who may write in the space, while it is current."""
    return bookmark.item.state == State.PUBLISHED and may(person, "space.write", bookmark.item.space)


@rule("bookmark.read")
def may_read_again(person: Any, bookmark: Bookmark) -> bool:
    """Have the page read again: as for saving, since it makes the server go out."""
    return may_save(person, bookmark)
