"""Consultations, what is answered, and what came of it."""

from django.urls import path

from palabre.consultations.views import (
    answering,
    inviting,
    listing,
    mapping,
    preparing,
    showing,
    starting,
    steering,
    trying,
)
from palabre.items import addresses  # noqa: F401 (registers the converter)

app_name = "consultations"
urlpatterns = [
    path("consultations/", listing.consultations, name="consultations"),
    path("consultations/new/", starting.methods, name="methods"),
    path("consultations/new/<str:method>/", starting.start, name="start"),
    path("consultations/<item:pk>/", showing.consultation, name="show"),
    path("consultations/<int:pk>/questions/", preparing.questions, name="questions"),
    path("consultations/<int:pk>/questions/<str:key>/", preparing.question, name="question"),
    path("consultations/<int:pk>/statements/first/", preparing.first_statements, name="first_statements"),
    path("consultations/<int:pk>/trial/", trying.trial, name="trial"),
    path("consultations/<int:pk>/opening/", preparing.opening, name="opening"),
    path("consultations/<int:pk>/answer/", answering.answer, name="answer"),
    path("consultations/<int:pk>/votes/", mapping.votes, name="votes"),
    path("consultations/<int:pk>/statements/", mapping.statements, name="statements"),
    path("consultations/<int:pk>/results/", showing.results, name="results"),
    path("consultations/<int:pk>/results.<str:form>", showing.export, name="export"),
    path("consultations/<int:pk>/outcome/", showing.outcome, name="outcome"),
    path("consultations/<int:pk>/files/<uuid:file>/<str:name>", showing.enclosure, name="enclosure"),
    path("consultations/<int:pk>/asking/", steering.asking, name="asking"),
    path("consultations/<int:pk>/invitations/", steering.invitations, name="invitations"),
    path("consultations/<int:pk>/letters/", inviting.invite, name="letters"),
    path("consultations/<int:pk>/letters/reminder/", inviting.reminder, name="reminder"),
    path("consultations/silence/<str:said>/", inviting.silence, name="silence"),
    path("consultations/<int:pk>/mix/", steering.placing, name="placing"),
    path("consultations/<int:pk>/extension/", steering.extension, name="extension"),
    path("consultations/<int:pk>/closing/", steering.closing, name="closing"),
    path("consultations/<int:pk>/return/", steering.give_back, name="give_back"),
    path("consultations/<int:pk>/leaving/", steering.leaving, name="leaving"),
    path("spaces/<slug:slug>/consultations/", listing.of_space, name="of_space"),
]
