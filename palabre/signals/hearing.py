"""Who hears of an event, and why: by a role in it, or because they follow its item or something it stands in."""

from dataclasses import dataclass

from django.db.models import Q

from palabre.items.models import Item
from palabre.journal.concerning import Role
from palabre.journal.models import Event
from palabre.signals.models import THINGS, Follow, Level, Why
from palabre.tags.models import Tag


@dataclass(frozen=True)
class Reason:
    """Why one person hears of one event: a role, or a follow and what it is of. `addressed` to them, or overheard."""

    name: str
    loud: bool
    addressed: bool = False
    follow: int | None = None


RANK = {Why.ITEM: 0, Why.PERSON: 1, Why.TAG: 2, Why.KIND: 3, Why.SPACE: 4}


def of(event: Event, item: Item | None, roles: dict[int, Role]) -> dict[int, Reason]:
    """Everybody who hears of it, by primary key, each with the first of their reasons."""
    loud = event.meaning.loud
    found = {person: Reason(role.name, loud, addressed=role.personal) for person, role in roles.items()}
    if item is None:
        return found
    for person, reason in sorted(_following(event, item), key=lambda pair: RANK[Why(pair[1].name)]):
        found.setdefault(person, reason)
    limited = Follow.objects.filter(item=item, level__in=[Level.PERSONAL, Level.MUTED], person__among=list(found))
    limits = dict(limited.values_list("person", "level"))
    return {person: reason for person, reason in found.items() if _may_reach(reason, limits.get(person))}


def _following(event: Event, item: Item) -> list[tuple[int, Reason]]:
    concerns = event.meaning.concerns
    sought = Q(pk__in=())
    if "followers" in concerns:
        sought |= Q(item=item)
    if "watchers" in concerns:
        sought |= _watching(event, item)
    rows = Follow.objects.heard().filter(sought).order_by()
    loud = event.meaning.loud
    return [
        (follow.person_id, Reason(_why(follow), loud and follow.level == Level.ALL, follow=follow.pk))
        for follow in rows.only("person", "level", *THINGS, "kind")
    ]


def _watching(event: Event, item: Item) -> Q:
    """Who follows what the item stands in; one that is tagged later is news for those who follow the tag."""
    if key := event.particulars.get("key"):
        return Q(tag__key=key)
    tags = Tag.objects.filter(taggings__item=item)
    place = Q(space=item.space_id, kind__in=["", item.kind])
    return place | Q(author=item.author_id) | Q(tag__in=tags.values("pk"))


def _why(follow: Follow) -> str:
    if follow.space_id:
        return Why.KIND if follow.kind else Why.SPACE
    return {"item": Why.ITEM, "author": Why.PERSON, "tag": Why.TAG}[follow.of]


def _may_reach(reason: Reason, limit: str | None) -> bool:
    return limit is None or (limit == Level.PERSONAL and reason.addressed)
