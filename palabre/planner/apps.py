"""The planner as a Django app."""

from palabre.kit.rooms import RoomConfig


class PlannerConfig(RoomConfig):
    name = "palabre.planner"
    label = "planner"
