"""Named people weigh an idea on its criteria: who asks, within what, what is hidden until when, and what is shown."""

import pytest

from palabre.authoring.writing import publish
from palabre.ideas import ranking
from palabre.ideas.criteria import USUAL
from palabre.ideas.models import Idea, Review
from palabre.items.models import Item
from palabre.people.attention import Attention, Spent
from palabre.signals.models import Signal
from tests.at_once import meanwhile

MARKS = {
    "mark-0": "5",
    "mark-1": "2",
    "mark-2": "3",
    "mark-3": "4",
    "words": "Le banc coûte peu, le trottoir beaucoup.",
}


def ask(client, idea, people):
    return client.post(f"/ideas/{idea.pk}/reviewers/", {"people": people})


def give(client, idea, **other):
    return client.post(f"/ideas/{idea.pk}/review/", {**MARKS, **other})


def weigh(idea, person, *marks, by):
    """Asked, and given straight away."""
    Review.ask(idea, [person.pk], by)
    review = Review.objects.get(idea=idea, person=person)
    review.idea = idea
    review.give(dict(zip(("value", "cost", "risk", "fit"), marks, strict=False)), f"Mot de {person.handle}.")
    return review


def page(client, idea):
    return client.get(idea.item.get_absolute_url()).content.decode()


def test_who_is_asked_has_it_on_the_front_page_and_is_told(world, idea, hear, sign_in):
    assert ask(sign_in(world.marc), idea, "@idrissa, Grace Kamau ,@binta").status_code in (302, 422)
    ask(sign_in(world.marc), idea, f"@idrissa, {world.grace.name}")
    hear()
    assert {"idrissa", "grace"} <= set(Review.objects.values_list("person__handle", flat=True))
    client = sign_in(world.idrissa)
    assert f"/ideas/{idea.pk}/review/" in client.get("/").content.decode()
    assert Signal.objects.get(person=world.idrissa, verb="review_asked").reason == "reviewing"
    assert give(client, idea).status_code == 302
    assert f"/ideas/{idea.pk}/review/" not in client.get("/").content.decode()
    hear()
    assert Signal.objects.get(person=world.marc, verb="review_given").reason == "review_asker"


@pytest.mark.parametrize("people", ["@ramata", "@nobody-here", "", " , ", ", ".join(["@awa"] * 13)])
def test_only_people_of_the_house_who_read_it_are_asked(people, world, idea, sign_in):
    response = ask(sign_in(world.marc), idea, people)
    assert response.status_code == 422 and 'id="id_people"' in response.content.decode()
    assert not Review.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("awa", 403), ("coumba", 403), ("nadia", 302), ("ramata", 404)])
def test_stewards_ask(who, status, world, idea, sign_in):
    assert ask(sign_in(getattr(world, who)), idea, "@idrissa").status_code == status


def test_the_sponsor_of_a_campaign_asks_for_reviews_of_its_ideas(world, campaign, idea, sign_in):
    assert ask(sign_in(world.lea), idea, "@idrissa").status_code == 403
    Idea.objects.filter(pk=idea.pk).update(campaign=campaign.item)
    assert f"/ideas/{idea.pk}/reviewers/" in page(sign_in(world.lea), idea)
    assert ask(sign_in(world.lea), idea, "@idrissa").status_code == 302


def test_nobody_is_asked_more_than_they_allow_nor_twice(world, idea, other):
    Attention.objects.create(person=world.idrissa, requests=1)
    assert Review.ask(idea, [world.idrissa.pk, world.grace.pk], world.marc) == (2, 0)
    assert Review.ask(idea, [world.idrissa.pk], world.marc) == (0, 0)
    assert Review.ask(other, [world.idrissa.pk, world.grace.pk], world.marc) == (1, 1)
    assert Spent.objects.filter(person=world.idrissa, use="request").count() == 1


def test_what_others_think_is_hidden_until_one_has_given_ones_own(world, space, idea, sign_in):
    weigh(idea, world.grace, 5, 1, 3, 4, by=world.marc)
    Review.ask(idea, [world.idrissa.pk], world.marc)
    client = sign_in(world.idrissa)
    html = page(client, idea)
    assert "Mot de grace." not in html and 'class="table spreads"' not in html
    assert idea.item.title not in client.get(f"/spaces/{space.slug}/ideas/ranking/").content.decode()
    assert [each.person for each in Review.objects.told_to(world.idrissa)] == [world.idrissa]
    assert "Mot de grace." in page(sign_in(world.coumba), idea)
    give(client, idea)
    html = page(client, idea)
    assert "Mot de grace." in html and MARKS["words"] in html
    assert idea.item.title in client.get(f"/spaces/{space.slug}/ideas/ranking/").content.decode()


def test_the_spread_between_reviewers_is_shown(world, idea, sign_in):
    weigh(idea, world.grace, 5, 1, 3, 4, by=world.marc)
    weigh(idea, world.idrissa, 4, 5, 3, 4, by=world.marc)
    response = sign_in(world.coumba).get(idea.item.get_absolute_url())
    spreads = {each.criterion.key: each for each in response.context["evaluation"].spreads}
    assert list(spreads) == ["value", "cost", "risk", "fit"]
    assert [(each.low, each.high) for each in spreads.values()] == [(4, 5), (1, 5), (3, 3), (4, 4)]
    assert [each.is_wide for each in spreads.values()] == [False, True, False, False]
    assert spreads["cost"].mean.value == 3 and len(spreads["risk"].dots) == 1


def test_a_guest_is_told_how_far_apart_they_are_and_not_who_said_what(world, sign_in):
    item = publish("idea", world.spaces["entraide"], world.ines, "Des créneaux le soir", "Après 18 h.")
    item.idea.item = item
    weigh(item.idea, world.awa, 5, 1, 3, 4, by=world.marc)
    weigh(item.idea, world.grace, 4, 4, 3, 4, by=world.marc)
    html = page(sign_in(world.ramata), item.idea)
    assert 'class="table spreads"' in html and "Mot de awa." not in html and world.grace.name not in html
    assert not Review.objects.told_to(world.ramata).exists()


def test_a_mark_is_missing_and_nothing_is_lost(world, idea, sign_in):
    Review.ask(idea, [world.idrissa.pk], world.marc)
    client = sign_in(world.idrissa)
    for wrong in ({"mark-2": ""}, {"mark-2": "6"}):
        response = give(client, idea, **wrong)
        assert response.status_code == 422 and MARKS["words"] in response.content.decode()
    assert Review.objects.get().given_at is None
    assert give(client, idea).status_code == 302 and give(client, idea, **{"mark-1": "4"}).status_code == 302
    review = Review.objects.get()
    assert review.marks == {"value": 5, "cost": 4, "risk": 3, "fit": 4} and review.score == 4


def test_who_was_not_asked_has_nothing_to_give_and_what_is_over_takes_none(world, idea, sign_in):
    assert sign_in(world.coumba).get(f"/ideas/{idea.pk}/review/").status_code == 404
    Review.ask(idea, [world.idrissa.pk], world.marc)
    idea.move("declined", "Trop cher.", world.marc)
    client = sign_in(world.idrissa)
    assert client.get(f"/ideas/{idea.pk}/review/").status_code == 403
    assert f"/ideas/{idea.pk}/review/" not in client.get("/").content.decode()


def test_who_cannot_review_it_says_so_to_who_asked(world, idea, hear, sign_in):
    Review.ask(idea, [world.idrissa.pk], world.nadia)
    hear()
    assert sign_in(world.idrissa).post(f"/ideas/{idea.pk}/review/", {"decline": "1"}).status_code == 302
    hear()
    assert not Review.objects.exists()
    assert Signal.objects.get(verb="review_declined").person == world.nadia


def test_who_declined_and_sends_it_from_an_old_page_thought_again(world, idea, sign_in):
    Review.ask(idea, [world.idrissa.pk], world.nadia)
    client = sign_in(world.idrissa)
    client.post(f"/ideas/{idea.pk}/review/", {"decline": "1"})
    assert client.post(f"/ideas/{idea.pk}/review/", {"decline": "1"}).status_code == 302
    response = give(client, idea, **{"mark-2": ""})
    assert response.status_code == 422 and MARKS["words"] in response.content.decode()
    assert give(client, idea).status_code == 302
    review = Review.objects.get()
    assert (review.person, review.asked_by, review.score) == (world.idrissa, world.nadia, 3.5)


@pytest.mark.parametrize("asked_again", [False, True])
def test_a_review_given_while_it_is_declined_elsewhere_counts(asked_again, world, idea):
    Review.ask(idea, [world.idrissa.pk], world.marc)
    given, declined = Review.objects.get(), Review.objects.get()
    assert declined.decline()
    if asked_again:
        Review.ask(idea, [world.idrissa.pk], world.nadia)
    given.give({"value": 5}, "Finalement, si.")
    assert Review.objects.get().words == "Finalement, si."
    assert not declined.decline() and Review.objects.get().score == 5


@pytest.mark.django_db(transaction=True)
def test_what_is_given_and_declined_at_once_is_done_one_after_the_other(world, idea):
    Review.ask(idea, [world.idrissa.pk], world.marc)
    given, declined = Review.objects.get(), Review.objects.get()
    with meanwhile(lambda: given.give({"value": 5}, "Finalement, si.")) as told:
        declined.decline()
    assert told == [None] and Review.objects.get().words == "Finalement, si."
    Review.objects.update(marks={}, score=None, given_at=None)
    with meanwhile(declined.decline) as told:
        given.give({"value": 4}, "Et même volontiers.")
    assert told == [False] and Review.objects.get().score == 4


def test_a_campaign_names_its_own_criteria(world, campaign, idea, sign_in):
    campaign.plan(campaign.opens_on, campaign.closes_on, "everybody", ["Attente", "Prix"], world.lea, world.marc)
    Idea.objects.filter(pk=idea.pk).update(campaign=campaign.item)
    Review.ask(idea, [world.idrissa.pk], world.marc)
    client = sign_in(world.idrissa)
    assert "Attente" in client.get(f"/ideas/{idea.pk}/review/").content.decode()
    assert client.post(f"/ideas/{idea.pk}/review/", {"mark-0": "5", "mark-1": "2"}).status_code == 302
    assert Review.objects.get().marks == {"Attente": 5, "Prix": 2}
    assert "Prix" in page(client, idea)
    assert idea.item.title in client.get(f"/campaigns/{campaign.pk}/ranking/").content.decode()


def test_a_ranking_says_what_it_cannot_tell_apart(world, space, idea, other, sign_in):
    third = publish("idea", space, world.coumba, "Une horloge", "…").idea
    third.item.idea = third
    for one, marks in ((idea, (5, 5, 5, 5)), (other, (4, 5, 5, 5)), (third, (1, 1, 1, 1))):
        for person in (world.grace, world.idrissa, world.tom):
            weigh(one, person, *marks, by=world.marc)
    found = ranking.of(Item.objects.of_kind("idea"), world.coumba, USUAL)
    assert [(row.item.pk, row.place.first, row.place.last) for row in found.rows] == [
        (idea.pk, 1, 2), (other.pk, 1, 2), (third.pk, 3, 3),
    ]  # fmt: skip
    html = sign_in(world.coumba).get(f"/spaces/{space.slug}/ideas/ranking/").content.decode()
    assert html.index(idea.item.title) < html.index("Une horloge")
