"""What one may do with ideas beside what one may do with any item."""

from typing import Any

from palabre.ideas.models import Campaign, Idea, Review, Support
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
    merged = idea.same_as_id is not None and idea.item.state == State.ARCHIVED
    return (merged or idea.item.state == State.PUBLISHED) and may(person, "item.shape", idea.item)


@rule("idea.split")
def may_split(person: Any, idea: Idea) -> bool:
    """Make two ideas of it: who wrote it, and stewards, while it is current and not over."""
    current = idea.item.state == State.PUBLISHED and not idea.is_over
    return current and not idea.item.space.archived_at and may(person, "item.shape", idea.item)


@rule("idea.rejoin")
def may_rejoin(person: Any, idea: Idea) -> bool:
    """Make it one again: who might have split it."""
    split = idea.split_at is not None and idea.item.state == State.ARCHIVED
    return split and not idea.item.space.archived_at and may(person, "item.shape", idea.item)


@rule("idea.place")
def may_place(person: Any, idea: Idea) -> bool:
    """Bring it into a campaign, or out of one: who wrote it, stewards, and who sponsors the campaign it is in."""
    item = idea.item
    if item.state != State.PUBLISHED or item.space.archived_at:
        return False
    return _sponsors(person, idea) or may(person, "item.shape", item)


@rule("idea.join")
def may_join(person: Any, idea: Idea) -> bool:
    """Work on it: who may comment there, its author too, until it is done or declined."""
    return person is not OPERATOR and not idea.is_over and may(person, "item.comment", idea.item)


@rule("idea.settle")
def may_settle(person: Any, idea: Idea) -> bool:
    """Give its team a space: stewards who may make spaces, until it is over."""
    return not idea.is_over and may(person, "idea.handle", idea) and may(person, "space.create")


@rule("idea.evaluate")
def may_evaluate(person: Any, idea: Idea) -> bool:
    """Ask people for their review: stewards, and who sponsors its campaign, until it is over."""
    if idea.is_over or idea.item.state != State.PUBLISHED or idea.item.space.archived_at:
        return False
    return _sponsors(person, idea) or may(person, "space.steward", idea.item.space)


def _sponsors(person: Any, idea: Idea) -> bool:
    """Whether they sponsor the campaign it is in, and read it."""
    sponsor = idea.campaign.owner_id if idea.campaign else None
    return person.pk is not None and person.pk == sponsor and may(person, "space.read", idea.item.space)


@rule("idea.review")
def may_review(person: Any, review: Review) -> bool:
    """Weigh an idea, and weigh it anew: who was asked to, until it is over."""
    idea = review.idea
    mine = person.pk is not None and review.person_id == person.pk
    return mine and not idea.is_over and may(person, "item.comment", idea.item)


@rule("campaign.steer")
def may_steer(person: Any, campaign: Campaign) -> bool:
    """Plan it and say what came of it: people of the house who sponsor it, wrote it or steward its space."""
    item = campaign.item
    if item.state != State.PUBLISHED or item.space.archived_at or not (person.is_authenticated and person.is_inside):
        return False
    return item.owner_id == (person.pk or 0) or may(person, "item.shape", item)


@rule("campaign.propose")
def may_propose(person: Any, campaign: Campaign) -> bool:
    """Write an idea for it: those it speaks to who write where it stands, while it is open."""
    item = campaign.item
    takes = item.state == State.PUBLISHED and campaign.is_open and campaign.speaks_to(person)
    return takes and may(person, "space.write", item.space)
