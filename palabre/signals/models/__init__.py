"""What people follow, what reached them of it, and their inbox."""

from palabre.journal import places
from palabre.signals.models.entry import Entry, EntryQuerySet
from palabre.signals.models.follow import CHOICES, HOUSE, ITSELF, THINGS, Because, Follow, FollowQuerySet, House, Level
from palabre.signals.models.signal import SAID_TO_THEM, Carried, Held, Signal, SignalQuerySet, Why


class Place(places.Place):
    """How far the journal has been read for inboxes."""


__all__ = [
    "CHOICES",
    "HOUSE",
    "ITSELF",
    "SAID_TO_THEM",
    "THINGS",
    "Because",
    "Carried",
    "Entry",
    "EntryQuerySet",
    "Follow",
    "FollowQuerySet",
    "Held",
    "House",
    "Level",
    "Place",
    "Signal",
    "SignalQuerySet",
    "Why",
]
