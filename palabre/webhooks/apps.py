"""The webhooks room as a Django app."""

from palabre.kit.rooms import RoomConfig


class WebhooksConfig(RoomConfig):
    name = "palabre.webhooks"
    label = "webhooks"
