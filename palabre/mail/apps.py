"""The mail room as a Django app."""

from palabre.kit.rooms import RoomConfig


class MailConfig(RoomConfig):
    name = "palabre.mail"
    label = "mail"
    inner = ("answers",)
