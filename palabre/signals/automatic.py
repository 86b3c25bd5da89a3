"""Follows that come by themselves: what one wrote, commented, was mentioned in, answers for; spaces one joins.

Each is made once. Whoever ends one has muted it, and no later gesture makes it speak again.
"""

from collections.abc import Iterable, Iterator, Mapping

from palabre.items.models import Item
from palabre.items.within import text_of
from palabre.journal.concerning import Role
from palabre.journal.models import Event
from palabre.signals.hearing import Heard, Reason
from palabre.signals.models import Because, Follow, Level

BY_DOING = {"published": Because.WROTE, "commented": Because.COMMENTED}
BY_ROLE = {"mentioned": Because.MENTIONED, "named": Because.MENTIONED, "owner": Because.OWNS}
JOINING = "member_added"
Thing = tuple[str, int | None]  # "item" or "space", and its key


def brings(event: Event, roles: Mapping[int, Role]) -> set[Thing]:
    """What somebody may come to follow by an event in which people have these roles."""
    if not event.item:
        return {("space", event.space)} if event.verb == JOINING else set()
    by_role = any(role.name in BY_ROLE for role in roles.values())
    return {("item", text_of(event))} if event.verb in BY_DOING or by_role else set()


def follow(told: Iterable[Heard]) -> None:
    """Makes the follows that events bring to who did it and to those who are told, in the caller's transaction."""
    made = [
        follow for event, reasons in told for follow in (_of_item(event, reasons) if event.item else _of_space(event))
    ]
    if made:
        made.sort(key=lambda each: (each.person_id, each.item_id or 0, each.space_id or 0))
        Follow.objects.bulk_create(made, ignore_conflicts=True)


def go_on(events: Iterable[Event]) -> None:
    """What goes on as another thing is heard of there as much as here, and is silent there for whom it was here."""
    for event in events:
        into = event.particulars.get("into")
        if not event.meaning.goes_on or not event.item or not Item.objects.filter(pk=into).exists():
            continue
        said = Follow.objects.filter(item=event.item).order_by("person").values_list("person", "because", "level")
        Follow.objects.bulk_create(
            (
                Follow(person_id=person, item_id=into, because=because, level=level, since=event.at)
                for person, because, level in said
            ),
            ignore_conflicts=True,
        )


def join(events: Iterable[Event]) -> None:
    """What has become one with another thing brings it its followers, and takes them away when it parts.

    They are told apart by their date, which is that of the joining; whoever followed both stays who they were.
    """
    for event in events:
        into = event.particulars.get("into")
        if not event.meaning.joins or not event.item or not Item.objects.filter(pk=into).exists():
            continue
        verb = event.particulars.get("undoes", event.verb)
        joined = Event.objects.filter(item=event.item, verb=verb, pk__lte=event.pk)
        since = joined.order_by("-pk").values_list("at", flat=True)[0]
        theirs = Follow.objects.heard().filter(item=event.item).order_by("person")
        if "undoes" in event.particulars:
            Follow.objects.filter(item=into, since=since, person__in=theirs.values("person")).delete()
            continue
        Follow.objects.bulk_create(
            (
                Follow(person_id=person, item_id=into, because=because, level=level, since=since)
                for person, because, level in theirs.values_list("person", "because", "level")
            ),
            ignore_conflicts=True,
        )


def _of_item(event: Event, told: Mapping[int, Reason]) -> Iterator[Follow]:
    if event.by and event.verb in BY_DOING:
        yield Follow(person_id=event.by, item_id=event.item, because=BY_DOING[event.verb], since=event.at)
    for person, reason in told.items():
        if reason.name in BY_ROLE:
            yield Follow(person_id=person, item_id=text_of(event), because=BY_ROLE[reason.name], since=event.at)


def _of_space(event: Event) -> Iterator[Follow]:
    if event.verb == JOINING and event.person:
        yield Follow(
            person_id=event.person, space_id=event.space, because=Because.JOINED, level=Level.QUIET, since=event.at
        )
