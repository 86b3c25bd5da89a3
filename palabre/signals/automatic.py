"""Follows that come by themselves: what one wrote, commented, was mentioned in, answers for; spaces one joins.

Each is made once. Whoever ends one has muted it, and no later gesture makes it speak again.
"""

from collections.abc import Iterator, Mapping

from palabre.journal.models import Event
from palabre.signals.hearing import Reason
from palabre.signals.models import Because, Follow, Level

BY_DOING = {"published": Because.WROTE, "commented": Because.COMMENTED}
BY_ROLE = {"mentioned": Because.MENTIONED, "named": Because.MENTIONED, "owner": Because.OWNS}
JOINING = "member_added"


def follow(event: Event, told: Mapping[int, Reason]) -> None:
    """Makes the follows that an event brings to who did it and to those who are told, in the caller's transaction."""
    made = sorted(_of_item(event, told) if event.item else _of_space(event), key=lambda each: each.person_id)
    if made:
        Follow.objects.bulk_create(made, ignore_conflicts=True)


def _of_item(event: Event, told: Mapping[int, Reason]) -> Iterator[Follow]:
    if event.by and event.verb in BY_DOING:
        yield Follow(person_id=event.by, item_id=event.item, because=BY_DOING[event.verb], since=event.at)
    for person, reason in told.items():
        if reason.name in BY_ROLE:
            yield Follow(person_id=person, item_id=event.item, because=BY_ROLE[reason.name], since=event.at)


def _of_space(event: Event) -> Iterator[Follow]:
    if event.verb == JOINING and event.person:
        yield Follow(
            person_id=event.person, space_id=event.space, because=Because.JOINED, level=Level.QUIET, since=event.at
        )
