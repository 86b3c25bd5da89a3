"""The consultations room as a Django app."""

from palabre.kit.rooms import RoomConfig


class ConsultationsConfig(RoomConfig):
    name = "palabre.consultations"
    label = "consultations"
