"""The talk room as a Django app."""

from palabre.kit.rooms import RoomConfig


class TalkConfig(RoomConfig):
    name = "palabre.talk"
    label = "talk"
