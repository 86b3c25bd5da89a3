"""What one may do in a conversation, and make of what is said there or elsewhere. Its door lets in participants alone;
with whom one may start one is `correspondence`."""

from typing import Any

from palabre.conversations.models import Conversation
from palabre.kit.policy import rule
from palabre.spaces import sight
from palabre.spaces.policy import is_present
from palabre.talk.models import Comment


@rule("conversation.start")
def may_start(person: Any, _nothing: None = None) -> bool:
    return is_present(person)


@rule("conversation.add")
def may_add(person: Any, conversation: Conversation) -> bool:
    """Bring people in: who takes part in its last part. Two people's own is theirs; more begin another one."""
    return not conversation.is_direct and _takes_part(person, conversation) and conversation.goes_on is None


@rule("conversation.name")
def may_name(person: Any, conversation: Conversation) -> bool:
    return may_add(person, conversation)


@rule("conversation.leave")
def may_leave(person: Any, conversation: Conversation) -> bool:
    """What two say to each other ends when one of them says nothing more."""
    return not conversation.is_direct and _takes_part(person, conversation)


@rule("conversation.rules")
def may_decide(person: Any, _nothing: None = None) -> bool:
    """Say who may write to whom: administrators."""
    return bool(is_present(person) and person.is_admin)


@rule("comment.become")
def may_make_of(person: Any, comment: Comment) -> bool:
    """Make an item of what was said: whoever reads it and can write."""
    return is_present(person) and comment.deleted_at is None


def _takes_part(person: Any, conversation: Conversation) -> bool:
    return is_present(person) and conversation.item.space_id in sight.of(person).apart
