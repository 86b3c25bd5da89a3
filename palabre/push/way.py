"""Devices as a way by which signals leave the house."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from palabre.push.models import Device
from palabre.signals.models import Signal


def reachable(people: Collection[int]) -> set[int]:
    """Who of these people, by primary key, has a browser that can be told; one query."""
    return Device.objects.reachable(people)


def send(signals: Sequence[Signal]) -> None:
    """Has each device of their people told, if and when the caller's transaction commits; two queries.

    What is sent together of one thing is one message, so that a burst makes one noise.
    """
    devices: dict[int, list[int]] = defaultdict(list)
    people = {signal.person_id for signal in signals}
    for person, device in Device.objects.live().filter(person__in=people).order_by("pk").values_list("person", "pk"):
        devices[person].append(device)
    things: dict[tuple[int, int | None, int | None], list[int]] = defaultdict(list)
    for signal in signals:
        things[signal.person_id, signal.item_id, None if signal.item_id else signal.space_id].append(signal.pk)
    jobs: list[Any] = [
        {"signals": some, "device": device} for (person, *_), some in things.items() for device in devices[person]
    ]
    if jobs:
        from palabre.push.tasks import tell

        tell.batch_defer(*jobs)
