"""The people room as a Django app."""

from palabre.kit.rooms import RoomConfig


class PeopleConfig(RoomConfig):
    name = "palabre.people"
    label = "people"
