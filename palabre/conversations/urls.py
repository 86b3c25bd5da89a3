"""Addresses of conversations."""

from django.urls import path

from palabre.conversations.views import beginning, outcomes, people, reading, rules
from palabre.items import addresses  # noqa: F401 (registers the converter)

app_name = "conversations"
urlpatterns = [
    path("conversations/", reading.conversations, name="conversations"),
    path("conversations/new/", beginning.new, name="new"),
    path("conversations/rules/", rules.rules, name="rules"),
    path("conversations/with/<int:pk>/", beginning.with_person, name="with_person"),
    path("comments/<int:pk>/outcome/", outcomes.outcome, name="outcome"),
    path("conversations/<item:pk>/", reading.show, name="show"),
    path("conversations/<int:pk>/reading/", reading.reading, name="reading"),
    path("conversations/<int:pk>/typing/", reading.typing, name="typing"),
    path("conversations/<int:pk>/turns/", reading.turns, name="turns"),
    path("conversations/<int:pk>/complete/", reading.complete, name="complete"),
    path("conversations/<int:pk>/people/", people.people, name="people"),
    path("conversations/<int:pk>/name/", people.name, name="name"),
    path("conversations/<int:pk>/leaving/", people.leaving, name="leaving"),
]
