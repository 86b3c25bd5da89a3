"""Whether signals are news still: their person may see them, has not limited the thing since, and has not read it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from palabre.people.roles import administrators
from palabre.signals.models import SAID_TO_THEM, Carried, Entry, Follow, Level, Signal
from palabre.spaces.models import Space
from palabre.spaces.readership import knowing, reading


def readable(signals: Sequence[Signal]) -> set[int]:
    """Those whose person may see now what they are about, or may know of it where it is a space: a refusal is told.

    What concerns the whole house is for who runs it; what stands nowhere and was said to them, for them.
    """
    read: dict[Space, set[int]] = defaultdict(set)
    known: dict[Space, set[int]] = defaultdict(set)
    for signal in signals:
        if signal.item and signal.item.is_readable:
            read[signal.item.space].add(signal.person_id)
        elif signal.item is None and signal.space:
            known[signal.space].add(signal.person_id)
    may, know = reading(read), knowing(known)
    run_it = administrators(signal.person_id for signal in signals if not (signal.item_id or signal.space_id))
    return {
        signal.pk
        for signal in signals
        if (signal.item and signal.item.is_readable and (signal.item.space_id, signal.person_id) in may)
        or (signal.item is None and (signal.space_id, signal.person_id) in know)
        or (not (signal.item_id or signal.space_id) and (signal.person_id in run_it or signal.reason == SAID_TO_THEM))
    }


def limited(signals: Sequence[Signal]) -> set[int]:
    """Those of which their person wants to hear less since."""
    mine = Follow.objects.filter(person__among=[*{signal.person_id for signal in signals}])
    less = mine.less({signal.item_id: signal.item for signal in signals if signal.item}.values())
    levels = {signal.pk: less.get(signal.item_id or 0, {}).get(signal.person_id) for signal in signals}
    hushed = mine.hushed({signal.space_id for signal in signals if not signal.item_id})
    return {
        signal.pk
        for signal in signals
        if levels[signal.pk] == Level.MUTED
        or (levels[signal.pk] == Level.PERSONAL and not signal.addressed)
        or (not signal.item_id and (signal.space_id, signal.person_id) in hushed)
    }


def read(signals: Sequence[Signal]) -> set[int]:
    """Those that were read in the inbox, or done with."""
    people = {signal.person_id for signal in signals}
    items = {signal.item_id for signal in signals if signal.item_id}
    spaces = {signal.space_id for signal in signals if not signal.item_id}
    entries = Entry.objects.filter(
        Q(item__among=[*items]) | Q(item=None, space__among=[*spaces - {None}]) | Q(item=None, space=None),
        person__among=[*people],
    )
    known: dict[tuple[int, int | None, int | None], tuple[int, Any]] = {
        (person, item, None if item else space): (seen, done)
        for person, item, space, seen, done in entries.values_list("person", "item", "space", "seen", "done_at")
    }
    found = set()
    for signal in signals:
        key = (signal.person_id, signal.item_id, None if signal.item_id else signal.space_id)
        seen, done = known.get(key, (0, None))
        if done or signal.event <= seen:
            found.add(signal.pk)
    return found


def told_lately(signals: Sequence[Signal], seen: Mapping[int, datetime], since: datetime) -> set[tuple[int, int]]:
    """(person, item) of which somebody was told a short while ago, and has not been here since."""
    carried = Signal.objects.filter(
        person__among=[*{signal.person_id for signal in signals}],
        item__among=[*{signal.item_id for signal in signals if signal.item_id}],
        carried__in=[Carried.PUSH, Carried.MAIL],
        carried_at__gt=since,
    )
    return {
        (person, item)
        for person, item, at in carried.values_list("person", "item", "carried_at")
        if at and item and (person not in seen or seen[person] < at)
    }
