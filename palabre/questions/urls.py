"""Questions and answers."""

from django.urls import path

from palabre.items import addresses  # noqa: F401 (registers the converter)
from palabre.questions.views import answering, joining, listing, putting, showing

app_name = "questions"
urlpatterns = [
    path("questions/", listing.questions, name="questions"),
    path("questions/<item:pk>/", showing.question, name="show"),
    path("questions/<int:pk>/answers/", answering.answers, name="answers"),
    path("questions/<int:pk>/acceptance/", answering.acceptance, name="acceptance"),
    path("questions/<int:pk>/waiting/", putting.waiting, name="waiting"),
    path("questions/<int:pk>/waiting/<int:waiting>/", putting.taking_back, name="taking_back"),
    path("questions/<int:pk>/passing/", putting.passing, name="passing"),
    path("questions/<int:pk>/same/", joining.same, name="same"),
    path("questions/<int:pk>/parting/", joining.parting, name="parting"),
    path("answers/<item:pk>/", showing.answer, name="answer"),
    path("answers/<int:pk>/page/", answering.page, name="page"),
    path("items/<int:pk>/vote/", answering.vote, name="vote"),
    path("spaces/<slug:slug>/questions/", listing.of_space, name="of_space"),
]
