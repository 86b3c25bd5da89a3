"""Ideas, their voices, their stages."""

from django.urls import path

from palabre.ideas.views import handling, joining, listing, showing, stages, supporting
from palabre.items import addresses  # noqa: F401 (registers the converter)

app_name = "ideas"
urlpatterns = [
    path("ideas/", listing.ideas, name="ideas"),
    path("ideas/<item:pk>/", showing.idea, name="show"),
    path("ideas/<int:pk>/support/", supporting.support, name="support"),
    path("ideas/<int:pk>/voices/", supporting.voices, name="voices"),
    path("ideas/<int:pk>/voices/<int:voice>/", supporting.taking_back, name="taking_back"),
    path("ideas/<int:pk>/stage/", handling.stage, name="stage"),
    path("ideas/<int:pk>/outcome/", handling.outcome, name="outcome"),
    path("ideas/<int:pk>/same/", joining.same, name="same"),
    path("ideas/<int:pk>/parting/", joining.parting, name="parting"),
    path("spaces/<slug:slug>/ideas/", listing.of_space, name="of_space"),
    path("spaces/<slug:slug>/ideas/board/", stages.board, name="board"),
    path("spaces/<slug:slug>/ideas/done/", listing.done, name="done"),
    path("spaces/<slug:slug>/ideas/stages/", stages.shaping, name="stages"),
]
