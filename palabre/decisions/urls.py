"""Decisions and their votes."""

from django.urls import path

from palabre.decisions.views import arguing, lending, listing, preparing, secrecy, showing, steering, voting
from palabre.items import addresses  # noqa: F401 (registers the converter)

app_name = "decisions"
urlpatterns = [
    path("decisions/", listing.decisions, name="decisions"),
    path("decisions/lent/", lending.mine, name="lent"),
    path("decisions/lent/<int:pk>/return/", lending.return_of, name="return"),
    path("decisions/<item:pk>/", showing.decision, name="show"),
    path("decisions/<int:pk>/preparation/", preparing.preparation, name="preparation"),
    path("decisions/<int:pk>/opening/", preparing.opening, name="opening"),
    path("decisions/<int:pk>/electorate/", showing.electorate, name="electorate"),
    path("decisions/<int:pk>/voices/", lending.voices, name="voices"),
    path("decisions/<int:pk>/ballot/", voting.ballot, name="ballot"),
    path("decisions/<int:pk>/ballots/", voting.ballots, name="ballots"),
    path("decisions/<int:pk>/booth/", secrecy.booth, name="booth"),
    path("decisions/<int:pk>/check/", secrecy.check, name="check"),
    path("decisions/<int:pk>/arguments/", arguing.arguments, name="arguments"),
    path("arguments/<item:pk>/", arguing.argument, name="argument"),
    path("arguments/<int:pk>/response/", arguing.response, name="response"),
    path("arguments/<int:pk>/lifting/", arguing.lifting, name="lifting"),
    path("decisions/<int:pk>/steering/", steering.steering, name="steering"),
    path("decisions/<int:pk>/substance/", steering.substance, name="substance"),
    path("decisions/<int:pk>/confirmation/", voting.confirmation, name="confirmation"),
    path("decisions/<int:pk>/statement/", steering.statement, name="statement"),
    path("decisions/<int:pk>/leaving/", steering.leaving, name="leaving"),
    path("decisions/<int:pk>/review/", steering.review, name="review"),
    path("decisions/<int:pk>/recount.<str:form>", showing.recount, name="recount"),
    path("spaces/<slug:slug>/decisions/", listing.of_space, name="of_space"),
]
