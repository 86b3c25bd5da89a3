"""Objectives, how far they are, and what serves them."""

from django.urls import path

from palabre.items import addresses  # noqa: F401 (registers the converter)
from palabre.objectives.views import listing, serving, showing, steering

app_name = "objectives"
urlpatterns = [
    path("objectives/", listing.objectives, name="objectives"),
    path("objectives/<item:pk>/", showing.objective, name="show"),
    path("objectives/<int:pk>/aim/", steering.aim, name="aim"),
    path("objectives/<int:pk>/progress/", steering.progress, name="progress"),
    path("objectives/<int:pk>/end/", steering.end, name="end"),
    path("objectives/<int:pk>/beginning/", serving.beginning, name="beginning"),
    path("objectives/<int:pk>/tying/", serving.tying, name="tying"),
    path("objectives/<int:pk>/serving/", serving.every, name="serving"),
    path("objectives/<int:pk>/serving/<slug:kinds>/", serving.of_kind, name="serving_of_kind"),
    path("items/<int:pk>/objectives/", serving.naming, name="naming"),
    path("spaces/<slug:slug>/objectives/", listing.of_space, name="of_space"),
]
