"""What one may do to a comment. Rights are computed at use: who lost sight of the item has lost them all."""

from typing import Any

from palabre.kit.policy import may, rule
from palabre.talk.models import Comment


@rule("comment.edit")
def may_edit(person: Any, comment: Comment) -> bool:
    """Its author, while they may still comment there."""
    return comment.deleted_at is None and comment.by_id == person.pk and may(person, "item.comment", comment.item)


@rule("comment.delete")
def may_delete(person: Any, comment: Comment) -> bool:
    """Its author, and the stewards of the space."""
    if comment.deleted_at is not None:
        return False
    return may_edit(person, comment) or may(person, "space.steward", comment.item.space)


@rule("comment.restore")
def may_restore(person: Any, comment: Comment) -> bool:
    """Whoever deleted it: an author brings back what they took back, a steward what they removed."""
    if comment.deleted_at is None or comment.deleted_by_id != person.pk:
        return False
    return may(person, "item.comment", comment.item)


@rule("comment.resolve")
def may_resolve(person: Any, comment: Comment) -> bool:
    """Of a thread: who opened it, who may edit the item, a steward. What is said among a few is not for settling."""
    if comment.thread_id is not None or comment.deleted_at is not None or comment.item.kind_of.apart:
        return False
    asked = comment.by_id == person.pk and may(person, "item.comment", comment.item)
    return asked or may(person, "item.edit", comment.item)


@rule("comment.answer")
def may_answer(person: Any, comment: Comment) -> bool:
    """Whoever may comment on the item, while there is something to answer to."""
    return comment.deleted_at is None and may(person, "item.comment", comment.item)
