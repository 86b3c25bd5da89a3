"""The links room as a Django app."""

from palabre.kit.rooms import RoomConfig


class LinksConfig(RoomConfig):
    name = "palabre.links"
    label = "links"
