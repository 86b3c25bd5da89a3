"""An idea that says two things becomes two, with its voices and its lineage; and one again."""

import pytest

from palabre.authoring import lifecycle
from palabre.ideas.models import Idea, Support, Unsplittable
from palabre.ideas.models.splitting import Half
from palabre.items.models import Item, State
from palabre.links.models import Link, Type
from palabre.signals.models import Signal

SENT = {
    "first_title": "Un banc", "first_text": "Pour s’asseoir.",
    "second_title": "Une toile", "second_text": "Pour l’ombre.", "words": "Ce sont deux achats.",
}  # fmt: skip


def voices(item):
    return {each.person for each in Support.objects.filter(item=item)}


def split(client, idea, **other):
    return client.post(f"/ideas/{idea.pk}/split/", {**SENT, **other})


@pytest.fixture
def halves(world, idea):
    Support.give(idea.item, world.coumba)
    Support.bring(idea.item, world.moussa, world.grace, "visit", "Debout à midi.")
    return idea.split_into(Half("Un banc", "Assis."), Half("Une toile", "À l’ombre."), "Deux achats.", world.marc)


def test_it_becomes_two_of_the_same_author_with_its_voices(world, idea, hear, sign_in):
    Support.give(idea.item, world.coumba)
    hear()
    client = sign_in(world.marc)
    asked = client.get(f"/ideas/{idea.pk}/split/").content.decode()
    assert idea.item.title in asked and idea.item.body in asked
    assert split(client, idea).status_code == 302
    hear()
    first, second = Item.objects.filter(idea__split_from=idea.item).order_by("pk")
    assert [item.title for item in (first, second)] == ["Un banc", "Une toile"]
    assert first.author == second.author == world.awa
    assert voices(first) == voices(second) == voices(idea.item) == {world.coumba}
    assert Item.objects.get(pk=idea.pk).state == State.ARCHIVED
    assert Link.objects.filter(source=idea.pk, type=Type.LED_TO).count() == 2
    told = Signal.objects.get(person=world.coumba, verb="idea_split")
    assert told.reason == "supporter"
    whole = client.get(idea.item.get_absolute_url()).content.decode()
    assert "Ce sont deux achats." in whole and "Un banc" in whole and "Une toile" in whole
    half = client.get(first.get_absolute_url()).content.decode()
    lineage = half.partition('id="lineage"')[2].partition("</p>")[0]
    assert idea.item.title in lineage and "Une toile" in lineage
    assert idea.item.title not in [item.title for item in client.get("/ideas/").context["page"].rows]


def test_an_inherited_voice_is_said_to_be_and_can_be_taken_back_from_either(world, halves, sign_in):
    first, second = halves
    client = sign_in(world.coumba)
    assert client.get(first.get_absolute_url()).context["voices"].inherited == 2
    client.post(f"/ideas/{first.pk}/support/", {"undo": "1"})
    assert voices(first) == {world.moussa} and voices(second) == {world.coumba, world.moussa}
    brought = Support.objects.get(item=first, person=world.moussa)
    assert (brought.by, brought.source, brought.words) == (world.grace, "visit", "Debout à midi.")


def test_it_can_be_one_again_with_the_voices_that_its_halves_won(world, idea, halves, sign_in):
    first, second = halves
    Support.give(first, world.lea)
    Support.give(second, world.lea)
    Support.give(second, world.tom)
    client = sign_in(world.marc)
    assert "/whole/" in client.get(idea.item.get_absolute_url()).content.decode()
    assert client.post(f"/ideas/{idea.pk}/whole/").status_code == 302
    fresh = Idea.objects.select_related("item__space").get(pk=idea.pk)
    assert (fresh.item.state, fresh.split_at, fresh.split_words) == (State.PUBLISHED, None, "")
    assert voices(idea.item) == {world.coumba, world.moussa, world.lea, world.tom}
    assert Support.objects.filter(item=idea.pk).count() == 4
    assert not Link.objects.filter(source=idea.pk, type=Type.LED_TO).exists()  # they did not come of it: they are it
    assert client.get(first.get_absolute_url())["Location"] == idea.item.get_absolute_url()
    Idea.objects.get(pk=second.pk).part(world.marc)
    assert voices(second) == {world.coumba, world.moussa, world.lea, world.tom}
    assert client.post(f"/ideas/{idea.pk}/whole/").status_code == 403


def test_a_half_that_has_gone_elsewhere_stays_there(world, idea, other, halves):
    first, second = halves
    Idea.objects.get(pk=first.pk).merge_into(other, world.marc)
    lifecycle.trash(second, world.marc)
    Idea.objects.get(pk=idea.pk).rejoin(world.marc)
    assert Idea.objects.get(pk=first.pk).same_as == other.item
    assert Item.objects.get(pk=second.pk).state == State.TRASHED
    assert Item.objects.get(pk=idea.pk).state == State.PUBLISHED


def test_what_became_two_comes_back_by_being_one_again_and_by_nothing_else(world, idea, halves, sign_in):
    client = sign_in(world.marc)
    assert client.post(f"/items/{idea.pk}/archive/", {"out": "1"}).status_code == 403
    lifecycle.trash(idea.item, world.marc)
    assert client.post(f"/ideas/{idea.pk}/whole/").status_code == 403
    assert Item.objects.get(pk=idea.pk).state == State.TRASHED
    lifecycle.restore(idea.item, world.marc)
    assert client.post(f"/ideas/{idea.pk}/whole/").status_code == 302
    assert Item.objects.get(pk=idea.pk).state == State.PUBLISHED


@pytest.mark.parametrize("wrong", [{"words": " "}, {"second_title": ""}, {"second_title": "un BANC"}])
def test_two_titles_and_a_reason_are_needed_and_what_was_typed_stays(wrong, world, idea, sign_in):
    response = split(sign_in(world.marc), idea, **wrong)
    assert response.status_code == 422 and "Pour l’ombre." in response.content.decode()
    assert Idea.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("awa", 302), ("coumba", 403), ("nadia", 302), ("ramata", 404)])
def test_who_wrote_it_and_stewards_split_it(who, status, world, idea, sign_in):
    assert split(sign_in(getattr(world, who)), idea).status_code == status


def test_what_is_over_or_merged_or_split_is_not_split(world, idea, other, halves):
    two = (Half("Un", ""), Half("Deux", ""))
    with pytest.raises(Unsplittable):
        Idea.objects.get(pk=idea.pk).split_into(*two, "Encore.", world.marc)
    seen_before = Idea.objects.get(pk=other.pk)
    other.move("declined", "Non.", world.marc)
    for each in (other, seen_before):
        with pytest.raises(Unsplittable):
            each.split_into(*two, "Encore.", world.marc)


def test_who_may_not_see_the_whole_is_not_told_of_it(world, idea, halves, sign_in):
    lifecycle.move(halves[0], world.marc, world.spaces["entraide"])
    html = sign_in(world.ramata).get(halves[0].get_absolute_url()).content.decode()
    assert idea.item.title not in html and "Une toile" not in html
