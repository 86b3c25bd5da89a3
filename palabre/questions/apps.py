"""The questions room as a Django app."""

from palabre.kit.rooms import RoomConfig


class QuestionsConfig(RoomConfig):
    name = "palabre.questions"
    label = "questions"
