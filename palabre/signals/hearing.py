"""Who hears of events, and why: by a role in them, or because they follow an item or something it stands in.

Some events are looked at together: what is followed is asked once for all of them, and told apart here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile
from typing import Any

from django.db.models import Q

from palabre.items.models import Item
from palabre.journal.concerning import Role
from palabre.journal.models import Event
from palabre.search import standing
from palabre.search.models import SavedSearch
from palabre.signals.models import THINGS, Follow, Level, Why
from palabre.tags.models import Tag, Tagging

PEOPLE = 20_000  # who hear of what is looked at together, at most, unless one event alone has more


@dataclass(frozen=True)
class Reason:
    """Why one person hears of one event: a role, or a follow and what it is of. `addressed` to them, or overheard."""

    name: str
    loud: bool
    addressed: bool = False
    follow: int | None = None


RANK = (Why.ITEM, Why.PERSON, Why.TAG, Why.SEARCH, Why.KIND, Why.SPACE)
Heard = tuple[Event, dict[int, Reason]]
Thing = tuple[str, Any]  # a `Why` and the key of what is followed for it


def of(events: Sequence[Event], items: Mapping[int, Item], roles: Mapping[int, Mapping[int, Role]]) -> list[Heard]:
    """The first of these events, those that reach no more than `PEOPLE`, each with everybody who hears of it, by
    primary key, and the first of their reasons.

    `items` are those of the events, by primary key; `roles` who stands in one, by event.
    """
    things = {event.pk: _things(event, items[event.item]) for event in events if event.item and event.item in items}
    _add_tags(events, items, things)
    follows = _follows({thing for some in things.values() for thing in some})
    reach = [len(roles[each.pk]) + sum(len(follows[thing]) for thing in things.get(each.pk, ())) for each in events]
    first = events[: _how_many(reach)]
    _add_searches(first, items, things)
    follows |= _follows({thing for some in things.values() for thing in some if thing[0] == Why.SEARCH})
    return list(_heard(first, items, things, follows, roles))


def _how_many(reach: Iterable[int]) -> int:
    """How many come before the sum exceeds `PEOPLE`; at least one."""
    return max(1, sum(1 for _ in takewhile(lambda total: total <= PEOPLE, accumulate(reach))))


def _heard(
    events: Sequence[Event],
    items: Mapping[int, Item],
    things: Mapping[int, Sequence[Thing]],
    follows: Mapping[Thing, Sequence[tuple[int, int, str]]],
    roles: Mapping[int, Mapping[int, Role]],
) -> Iterator[Heard]:
    limits = Follow.objects.less(items[pk] for pk in {event.item or 0 for event in events} & items.keys())
    elsewhere = _told_by_the_whole(events, items)
    hushed = Follow.objects.hushed({event.space for event in events if not event.item})
    for event in events:
        loud = event.meaning.loud
        found = {
            pk: Reason(role.name, loud and not role.quiet, addressed=role.personal)
            for pk, role in roles[event.pk].items()
        }
        for why, key in sorted(things.get(event.pk, ()), key=lambda thing: RANK.index(Why(thing[0]))):
            for pk, person, level in follows.get((why, key), ()):
                if person not in found:
                    found[person] = Reason(why, loud and level == Level.ALL, follow=pk)
                elif why == Why.ITEM and level == Level.ALL:  # whoever wants all of it, whatever part they have in it
                    found[person] = replace(found[person], loud=loud)
        if (told := elsewhere.get(event.pk)) is not None:
            found = {pk: reason for pk, reason in found.items() if not (reason.addressed or pk in told)}
        if limited := limits.get(event.item or 0):
            found = {pk: reason for pk, reason in found.items() if _may_reach(reason, limited.get(pk))}
        elif hushed and not event.item:
            found = {pk: reason for pk, reason in found.items() if (event.space, pk) not in hushed}
        yield event, found


def _things(event: Event, item: Item) -> list[Thing]:
    """What may be followed so that one hears of this; tags come later."""
    things: list[Thing] = []
    if "followers" in event.meaning.concerns:
        # What comes `after` other things is heard by who follows these, if they may read it.
        things += [(Why.ITEM, key) for key in (item.pk, *event.particulars.get("after", ()))]
    if "watchers" in event.meaning.concerns and "key" not in event.particulars:
        things += [(Why.PERSON, item.author_id), (Why.KIND, (item.space_id, item.kind))]
        if not item.kind_of.within:  # what is said within a thing is heard by who follows that
            things.append((Why.SPACE, item.space_id))
    return things


def _add_tags(events: Sequence[Event], items: Mapping[int, Item], things: dict[int, list[Thing]]) -> None:
    """The tags of what is watched; of one that is tagged later, the tag that came is what is news."""
    watched = [event for event in events if event.item in items and "watchers" in event.meaning.concerns]
    if not watched:
        return
    tags: dict[int, list[int]] = defaultdict(list)
    put = Tagging.objects.filter(item__in={event.item for event in watched})
    for item, tag in put.values_list("item", "tag"):
        tags[item].append(tag)
    keys = {key for event in watched if (key := event.particulars.get("key"))}
    named = dict(Tag.objects.filter(key__in=keys).values_list("key", "pk")) if keys else {}
    for event in watched:
        came = event.particulars.get("key")
        about = ([named[came]] if came in named else []) if came else tags[event.item or 0]
        things[event.pk] += [(Why.TAG, tag) for tag in about]


def _add_searches(events: Sequence[Event], items: Mapping[int, Item], things: dict[int, list[Thing]]) -> None:
    """The saved searches that an item answers since this event."""
    heard = SavedSearch.objects.filter(pk__in=Follow.objects.heard().filter(search__isnull=False).values("search"))
    for event, found in standing.answered(events, items, heard).items():
        things[event] += [(Why.SEARCH, search) for search, _person in found]


def _follows(things: set[Thing]) -> dict[Thing, list[tuple[int, int, str]]]:
    """By thing, its follows that bring all that happens: their key, whose they are and their level."""
    wanted: dict[str, set[Any]] = defaultdict(set)
    for why, key in things:
        wanted[why].add(key)
    sought = Q(pk__in=())
    fields = (
        (Why.ITEM, "item"),
        (Why.PERSON, "author"),
        (Why.TAG, "tag"),
        (Why.SEARCH, "search"),
        (Why.SPACE, "space"),
    )
    for why, name in fields:
        if wanted[why]:
            sought |= Q(**{f"{name}__among": sorted(key for key in wanted[why] if key)})
    found: dict[Thing, list[tuple[int, int, str]]] = defaultdict(list)
    rows = Follow.objects.heard().filter(sought).order_by("pk")
    for pk, person, level, kind, *keys in rows.values_list("pk", "person", "level", "kind", *THINGS):
        of = next(name for name, key in zip(THINGS, keys, strict=True) if key)
        key = keys[THINGS.index(of)]
        thing = _WHY[of], key
        found[(Why.KIND, (key, kind)) if kind else thing].append((pk, person, level))
    return found


_WHY = {"item": Why.ITEM, "author": Why.PERSON, "tag": Why.TAG, "search": Why.SEARCH, "space": Why.SPACE}


def _told_by_the_whole(events: Sequence[Event], items: Mapping[int, Item]) -> dict[int, set[int]]:
    """By event in which something appears within another thing, who hears of that from the thing: it is told once.

    So do all whom it addresses, which is not said here.
    """
    appearing = [each for each in events if {"watchers", "followers"} <= {*each.meaning.concerns}]
    wholes = {
        event.pk: item.parent_id
        for event in appearing
        if (item := items.get(event.item or 0)) and item.kind_of.within and item.parent_id
    }
    if not wholes:
        return {}
    keys = sorted(set(wholes.values()))
    theirs: dict[int, set[int]] = defaultdict(set)
    for whole, person in Follow.objects.filter(item__among=keys).order_by().values_list("item", "person"):
        theirs[whole].add(person)
    for whole, *people in Item.objects.filter(pk__in=keys).values_list("pk", "author", "owner"):
        theirs[whole].update(person for person in people if person)
    return {event: theirs[whole] for event, whole in wholes.items()}


def _may_reach(reason: Reason, limit: str | None) -> bool:
    return limit is None or (limit == Level.PERSONAL and reason.addressed)
