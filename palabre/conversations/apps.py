"""The conversations room as a Django app."""

from palabre.kit.rooms import RoomConfig


class ConversationsConfig(RoomConfig):
    name = "palabre.conversations"
    label = "conversations"
