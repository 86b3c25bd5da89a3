"""What one may do with ideas beside what one may do with any item."""

from typing import Any

from palabre.ideas.models import Idea, Support
from palabre.items.models import State
from palabre.kit.policy import may, rule
from palabre.people.models import OPERATOR


@rule("idea.support")
def may_support(person: Any, idea: Idea) -> bool:
    """Give it one's voice: who may comment there, but for its author, until it is done or declined."""
    mine = idea.item.author_id == person.pk
    return person is not OPERATOR and not mine and not idea.is_over and may(person, "item.comment", idea.item)


@rule("idea.voice")
def may_bring_voice(person: Any, idea: Idea) -> bool:
    """Bring the voice of somebody else: people of the house who may comment there, its author too."""
    return not idea.is_over and may(person, "person.speak") and may(person, "item.comment", idea.item)


@rule("idea.unvoice")
def may_take_back(person: Any, voice: Support) -> bool:
    """Take a voice back: whose it is, who brought it, and stewards, while the idea is current."""
    if voice.item.state != State.PUBLISHED or voice.item.space.archived_at:
        return False
    mine = person.pk is not None and person.pk in (voice.person_id, voice.by_id)
    brought = voice.by_id is not None and may(person, "space.steward", voice.item.space)
    return (mine and may(person, "item.comment", voice.item)) or brought


@rule("idea.handle")
def may_handle(person: Any, idea: Idea) -> bool:
    """Move it through the stages, answer it, say who carries it and what it brought: stewards, while it is current."""
    item = idea.item
    current = item.state == State.PUBLISHED and not item.space.archived_at
    return current and may(person, "space.steward", item.space)


@rule("idea.merge")
def may_merge(person: Any, idea: Idea) -> bool:
    """Say that it is the same as another, and that it is not: who wrote it, and stewards."""
    current = idea.item.state == State.PUBLISHED or idea.same_as_id is not None
    return current and may(person, "item.shape", idea.item)
