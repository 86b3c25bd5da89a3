"""Ideas, their voices, their stages; their reviews and teams; campaigns."""

from django.urls import path

from palabre.ideas.views import (
    campaigning,
    campaigns,
    handling,
    joining,
    listing,
    placing,
    reviewing,
    showing,
    splitting,
    stages,
    supporting,
    teaming,
)
from palabre.items import addresses  # noqa: F401 (registers the converter)

app_name = "ideas"
urlpatterns = [
    path("ideas/", listing.ideas, name="ideas"),
    path("ideas/<item:pk>/", showing.idea, name="show"),
    path("ideas/<int:pk>/support/", supporting.support, name="support"),
    path("ideas/<int:pk>/voices/", supporting.voices, name="voices"),
    path("ideas/<int:pk>/voices/<int:voice>/", supporting.taking_back, name="taking_back"),
    path("ideas/<int:pk>/stage/", handling.stage, name="stage"),
    path("ideas/<int:pk>/campaign/", placing.campaign, name="placing"),
    path("ideas/<int:pk>/outcome/", handling.outcome, name="outcome"),
    path("ideas/<int:pk>/same/", joining.same, name="same"),
    path("ideas/<int:pk>/parting/", joining.parting, name="parting"),
    path("ideas/<int:pk>/split/", splitting.split, name="split"),
    path("ideas/<int:pk>/whole/", splitting.whole, name="whole"),
    path("ideas/<int:pk>/reviewers/", reviewing.reviewers, name="reviewers"),
    path("ideas/<int:pk>/review/", reviewing.review, name="review"),
    path("ideas/<int:pk>/team/", teaming.team, name="team"),
    path("ideas/<int:pk>/team/space/", teaming.space, name="team_space"),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/<item:pk>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:pk>/plan/", campaigning.plan, name="plan"),
    path("campaigns/<int:pk>/proposal/", campaigning.proposal, name="proposal"),
    path("campaigns/<int:pk>/ideas/", campaigns.ideas, name="campaign_ideas"),
    path("campaigns/<int:pk>/ranking/", campaigns.order, name="campaign_ranking"),
    path("campaigns/<int:pk>/conclusion/", campaigning.conclusion, name="conclusion"),
    path("campaigns/<int:pk>/leaving/", campaigning.leaving, name="leaving"),
    path("spaces/<slug:slug>/ideas/", listing.of_space, name="of_space"),
    path("spaces/<slug:slug>/ideas/campaigns/", campaigns.of_space, name="campaigns_of_space"),
    path("spaces/<slug:slug>/ideas/ranking/", reviewing.order, name="ranking"),
    path("spaces/<slug:slug>/ideas/board/", stages.board, name="board"),
    path("spaces/<slug:slug>/ideas/done/", listing.done, name="done"),
    path("spaces/<slug:slug>/ideas/stages/", stages.shaping, name="stages"),
]
