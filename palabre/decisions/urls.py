"""Decisions and their votes."""

from django.urls import path

from palabre.decisions.views import listing, preparing, showing, steering, voting
from palabre.items import addresses  # noqa: F401 (registers the converter)

app_name = "decisions"
urlpatterns = [
    path("decisions/", listing.decisions, name="decisions"),
    path("decisions/<item:pk>/", showing.decision, name="show"),
    path("decisions/<int:pk>/preparation/", preparing.preparation, name="preparation"),
    path("decisions/<int:pk>/opening/", preparing.opening, name="opening"),
    path("decisions/<int:pk>/electorate/", showing.electorate, name="electorate"),
    path("decisions/<int:pk>/ballot/", voting.ballot, name="ballot"),
    path("decisions/<int:pk>/ballots/", voting.ballots, name="ballots"),
    path("decisions/<int:pk>/steering/", steering.steering, name="steering"),
    path("decisions/<int:pk>/statement/", steering.statement, name="statement"),
    path("decisions/<int:pk>/review/", steering.review, name="review"),
    path("decisions/<int:pk>/recount.<str:form>", showing.recount, name="recount"),
    path("spaces/<slug:slug>/decisions/", listing.of_space, name="of_space"),
]
