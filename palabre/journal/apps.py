"""The journal room as a Django app."""

from palabre.kit.rooms import RoomConfig


class JournalConfig(RoomConfig):
    name = "palabre.journal"
    label = "journal"
