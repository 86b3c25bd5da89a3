"""An idea that is written already is brought into a campaign, or out of one: by whom, its history, what counts."""

from datetime import timedelta

import pytest

from palabre.authoring.writing import publish
from palabre.ideas import ranking
from palabre.ideas.agenda import today
from palabre.ideas.criteria import USUAL, of
from palabre.ideas.models import Concluded, Idea, Placing, Review
from palabre.items.models import Item
from palabre.signals.models import Signal
from tests.ideas.test_campaigns import shift
from tests.ideas.test_reviews import weigh


def move(client, idea, campaign, words=""):
    where = campaign.pk if campaign else "box"
    return client.post(f"/ideas/{idea.pk}/campaign/", {"campaign": where, "words": words})


def now_in(idea):
    return Idea.objects.get(pk=idea.pk).campaign_id


@pytest.mark.parametrize(
    ("who", "status"), [("awa", 302), ("marc", 302), ("lea", 403), ("coumba", 403), ("ramata", 404)]
)
def test_who_wrote_it_and_stewards_bring_it_in(who, status, world, idea, campaign, sign_in):
    client = sign_in(getattr(world, who))
    assert move(client, idea, campaign, "Elle répond au brief.").status_code == status
    assert now_in(idea) == (campaign.pk if status == 302 else None)


def test_its_path_says_from_where_to_where_and_its_people_are_told(world, idea, campaign, hear, sign_in):
    awa, address = sign_in(world.awa), idea.item.get_absolute_url()
    assert f"/ideas/{idea.pk}/campaign/" in awa.get(address).content.decode()
    move(sign_in(world.marc), idea, campaign, "Elle répond au brief.")
    hear()
    assert Signal.objects.filter(person=world.awa, verb="idea_placed").exists()
    lea = sign_in(world.lea)  # who sponsors the campaign takes it out again
    assert move(lea, idea, None, "Elle parle d’autre chose.").status_code == 302
    path = lea.get(address).content.decode().partition('id="stages"')[2]
    assert path.index("Elle parle d’autre chose.") < path.index("Elle répond au brief.")
    assert path.count(campaign.item.title) == 2 and world.marc.name in path
    assert move(lea, idea, campaign).status_code == 403
    assert Placing.objects.count() == 2 and now_in(idea) is None
    assert idea.item.title not in lea.get(campaign.item.get_absolute_url()).content.decode()


def test_a_campaign_takes_what_its_days_and_audience_allow_and_its_stewards_sort(world, space, idea, campaign, sign_in):
    awa, marc = sign_in(world.awa), sign_in(world.marc)
    shift(campaign, 11)
    assert move(awa, idea, campaign).status_code == 422 and now_in(idea) is None
    assert "open-box" not in awa.get(f"/ideas/{idea.pk}/campaign/").content.decode()
    assert move(marc, idea, campaign).status_code == 302 and now_in(idea) == campaign.pk
    move(marc, idea, None)
    campaign.plan(today(), today() + timedelta(days=3), "outside", [], world.lea, world.marc)
    assert move(awa, idea, campaign).status_code == 422
    elsewhere = publish("campaign", world.spaces["entraide"], world.marc, "Ailleurs", "…")
    elsewhere.campaign.item = elsewhere
    elsewhere.campaign.plan(today(), today() + timedelta(days=3), "everybody", [], world.marc, world.marc)
    assert move(marc, idea, elsewhere.campaign).status_code == 422


def test_once_it_was_said_what_came_of_a_campaign_its_ideas_stay(world, idea, other, campaign, sign_in):
    move(sign_in(world.awa), idea, campaign)
    campaign.conclude("Deux idées retenues.", world.lea)
    marc = sign_in(world.marc)
    assert move(marc, idea, None).status_code == 422 and now_in(idea) == campaign.pk
    assert move(marc, other, campaign).status_code == 422 and now_in(other) is None
    with pytest.raises(Concluded):
        other.place(campaign.item, "", world.marc)


def test_reviews_given_by_other_criteria_are_shown_and_count_for_no_rank(world, space, idea, campaign, sign_in):
    campaign.plan(today(), today() + timedelta(days=3), "everybody", ["Attente", "Prix"], world.lea, world.marc)
    weigh(idea, world.grace, 5, 5, 5, 5, by=world.marc)
    weigh(idea, world.tom, 3, 3, 3, 3, by=world.marc)
    assert ranking.of(Item.objects.filter(pk=idea.pk), world.lea, USUAL).rows
    idea.place(campaign.item, "", world.marc)
    assert not ranking.of(Item.objects.filter(pk=idea.pk), world.lea, of(["Attente", "Prix"])).rows
    campaign.plan(today(), today() + timedelta(days=3), "everybody", ["Attente", "Coût"], world.lea, world.marc)
    grace = sign_in(world.grace)
    html = grace.get(idea.item.get_absolute_url()).content.decode().partition('id="evaluation"')[2]
    assert "2 reviews were given by other criteria" in html and f"/ideas/{idea.pk}/review/" in html
    assert grace.post(f"/ideas/{idea.pk}/review/", {"mark-0": "4", "mark-1": "2"}).status_code == 302
    [row] = ranking.of(Item.objects.filter(pk=idea.pk), world.lea, of(["Attente", "Coût"])).rows
    assert (row.place.mean, row.place.number) == (3, 1)
    assert Review.objects.get(person=world.grace).marks == {"Attente": 4, "Coût": 2}
    idea.place(None, "", world.marc)
    [row] = ranking.of(Item.objects.filter(pk=idea.pk), world.lea, USUAL).rows
    assert (row.place.mean, row.place.number) == (3, 1)  # Tom's, given on them


def test_a_path_names_no_campaign_that_its_reader_does_not_see(world, campaign, sign_in):
    item = publish("idea", world.spaces["entraide"], world.ramata, "Ailleurs", "…")
    item.idea.item = item
    item.idea.place(campaign.item, "Pour voir.", world.marc)  # whose space was another one then
    html = sign_in(world.ramata).get(item.get_absolute_url()).content.decode()
    assert "Pour voir." in html and campaign.item.title not in html
