"""The offers room as a Django app."""

from palabre.kit.rooms import RoomConfig


class OffersConfig(RoomConfig):
    name = "palabre.offers"
    label = "offers"
