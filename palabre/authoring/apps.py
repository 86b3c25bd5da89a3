"""The authoring room as a Django app."""

from palabre.kit.rooms import RoomConfig


class AuthoringConfig(RoomConfig):
    name = "palabre.authoring"
    label = "authoring"
    inner = ("files",)
