"""Who stands in which role towards what happens to an idea: whoever gave it a voice or said something about it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from palabre.ideas.models import Idea, Review, Support, Teammate
from palabre.items.models import Item
from palabre.journal import concerning
from palabre.journal.concerning import role
from palabre.journal.models import Event
from palabre.people.models import Person
from palabre.talk.models import Comment

Pairs = Iterable[tuple[int, int]]


@role("supporter", _("You supported it"), rank=32)
def supporters(events: Sequence[Event]) -> Pairs:
    """Who gave it a voice, or was spoken for; of one that was merged, those whose voices went along too."""
    return _each(events, _voices(events, "person"))


@role("proxy", _("You brought a voice for it: they can hear of this from you"), rank=31)
def proxies(events: Sequence[Event]) -> Pairs:
    """Who brought the voice of somebody else."""
    return _each(events, _voices(events, "by"))


@role("commenter", _("You commented on it"), rank=36)
def commenters(events: Sequence[Event]) -> Pairs:
    """Who said something about it, or about one that became one with it."""
    items = {event.item for event in events}
    said = Comment.objects.standing().filter(Q(item__in=items) | Q(item__idea__same_as__in=items)).order_by()
    rows = said.values_list("item", "item__idea__same_as", "by").distinct()
    return _each(events, [(key, by) for item, same, by in rows for key in (item, same) if key])


@role("carrier", _("You carry it"), rank=29)
def carriers(events: Sequence[Event]) -> Pairs:
    rows = Idea.objects.filter(pk__in={event.item for event in events}).exclude(carrier=None)
    return _each(events, rows.values_list("pk", "carrier"))


@role("carrying", _("%(who)s asks you to carry it"), rank=13, personal=True)
def carrying(events: Sequence[Event]) -> Pairs:
    """Who was named to carry it."""
    return [(event.pk, event.person) for event in events if event.person]


@role("voiced", _("%(who)s spoke for you"), rank=14, personal=True)
def voiced(events: Sequence[Event]) -> Pairs:
    """Whose voice was brought."""
    return [(event.pk, event.person) for event in events if event.person]


@role("teammate", _("You work on it"), rank=28)
def teammates(events: Sequence[Event]) -> Pairs:
    """Who is in its team; of one that was merged, those who went along too."""
    items = {event.item for event in events}
    rows = Teammate.objects.filter(Q(item__in=items) | Q(came_from__in=items)).order_by()
    found = rows.values_list("item", "came_from", "person")
    return _each(events, [(key, person) for item, came_from, person in found for key in (item, came_from) if key])


@role("reviewer", _("You reviewed it"), rank=33)
def reviewers(events: Sequence[Event]) -> Pairs:
    """Who has weighed it."""
    rows = Review.objects.given().filter(idea__in={event.item for event in events}).order_by()
    return _each(events, rows.values_list("idea", "person"))


@role("reviewing", _("%(who)s asks you to review it"), rank=12, personal=True)
def reviewing(events: Sequence[Event]) -> Pairs:
    """Who was asked just now."""
    return [(event.pk, person) for event in events for person in event.particulars.get("people", ())]


@role("review_asker", _("You asked for a review of it"), rank=27)
def review_askers(events: Sequence[Event]) -> Pairs:
    """Who asked whoever has answered, or cannot."""
    rows = Review.objects.filter(idea__in={event.item for event in events}).exclude(asked_by=None).order_by()
    askers: dict[Any, int] = {(idea, by): asker for idea, by, asker in rows.values_list("idea", "person", "asked_by")}
    named = ((each.pk, each.particulars.get("asker") or askers.get((each.item, each.by))) for each in events)
    return [(event, asker) for event, asker in named if asker]


@role("proposer", _("You proposed an idea in it"), rank=31)
def proposers(events: Sequence[Event]) -> Pairs:
    """Who wrote an idea of the campaign."""
    rows = Idea.objects.filter(campaign__in={event.item for event in events}).order_by()
    return _each(events, rows.values_list("campaign", "item__author").distinct())


def concerned(item: Item) -> set[int]:
    """The people with an account who hear of what becomes of it, whether they follow it or not, by primary key."""
    voices, said = Support.objects.filter(item=item.pk), Comment.objects.standing()
    parts: list[Any] = [
        voices.values_list("person"),
        voices.values_list("by"),
        Idea.objects.filter(pk=item.pk).values_list("carrier"),
        Teammate.objects.filter(item=item.pk).values_list("person"),
        Review.objects.given().filter(idea=item.pk).values_list("person"),
        said.filter(Q(item=item) | Q(item__idea__same_as=item)).values_list("by"),
    ]
    first, *others = (part.order_by() for part in parts)
    people = {key for (key,) in first.union(*others) if key} | {item.author_id}
    if made := concerning.known("said"):
        people |= {person for _event, person in made.find([Event(pk=0, item=item.pk)])}
    return set(Person.objects.with_account().filter(pk__in=people).order_by().values_list("pk", flat=True))


def _voices(events: Sequence[Event], whose: str) -> list[tuple[int, int]]:
    items = {event.item for event in events}
    rows = Support.objects.filter(Q(item__in=items) | Q(came_from__in=items)).exclude(**{whose: None})
    found = rows.order_by().values_list("item", "came_from", whose)
    return [(key, person) for item, came_from, person in found for key in (item, came_from) if key]


def _each(events: Sequence[Event], people: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    by_item: dict[int, set[int]] = {}
    for item, person in people:
        by_item.setdefault(item, set()).add(person)
    return [(event.pk, person) for event in events for person in sorted(by_item.get(event.item or 0, ()))]
