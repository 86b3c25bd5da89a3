"""What one may do to an item, whatever its kind."""

from typing import Any

from palabre.items.models import Item, State
from palabre.kit.policy import may, rule
from palabre.people.models import OPERATOR


@rule("item.edit")
def may_edit(person: Any, item: Item) -> bool:
    """Change the text: who may write in the space, while the item is current; a draft only its author."""
    if person is OPERATOR:
        return True
    if item.state in (State.TRASHED, State.ARCHIVED):
        return False
    if item.state in (State.DRAFT, State.SCHEDULED):
        return item.author_id == person.pk and may(person, "space.write", item.space)
    return may(person, "space.write", item.space)


@rule("item.shape")
def may_shape(person: Any, item: Item) -> bool:
    """Move, archive, trash, restore, name the owner: the author while they may write there, and stewards."""
    if person is OPERATOR or may(person, "space.steward", item.space):
        return True
    return item.author_id == person.pk and may(person, "space.write", item.space)


@rule("item.comment")
def may_comment(person: Any, item: Item) -> bool:
    """Anyone who may read may answer, once signed in, while the item is current."""
    if person is OPERATOR:
        return True
    return item.state == State.PUBLISHED and may(person, "space.comment", item.space)


@rule("item.tag")
def may_tag(person: Any, item: Item) -> bool:
    """Tag and link: who may write there."""
    return item.state != State.TRASHED and may(person, "space.write", item.space)
