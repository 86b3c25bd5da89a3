"""The posts room as a Django app."""

from palabre.kit.rooms import RoomConfig


class PostsConfig(RoomConfig):
    name = "palabre.posts"
    label = "posts"
