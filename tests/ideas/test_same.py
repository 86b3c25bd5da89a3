"""Two ideas that say the same become one, and two again."""

import pytest
from django.core.exceptions import PermissionDenied

from palabre.authoring import lifecycle
from palabre.authoring.sameness import Unmergeable
from palabre.authoring.writing import publish
from palabre.ideas.models import Idea, Support
from palabre.items.models import Item, State
from palabre.signals.models import Follow, Signal
from tests.at_once import meanwhile


def voices(idea):
    return {each.person for each in Support.objects.filter(item=idea.pk)}


def test_voices_are_counted_once_and_the_old_address_leads_on(world, idea, other, sign_in):
    for person in (world.coumba, world.lea):
        Support.give(idea.item, person)
    for person in (world.lea, world.marc):
        Support.give(other.item, person)
    client, address = sign_in(world.awa), idea.item.get_absolute_url()
    response = client.post(f"/ideas/{idea.pk}/same/", {"into": other.pk})
    assert response["Location"] == other.item.get_absolute_url()
    assert voices(other) == {world.coumba, world.lea, world.marc}
    assert Support.objects.filter(item=other.pk).count() == 3
    assert client.get(address)["Location"] == other.item.get_absolute_url()
    assert f"/ideas/{idea.pk}/parting/" in client.get(f"{address}?alone=1").content.decode()
    assert idea.item.title in client.get(other.item.get_absolute_url()).content.decode()
    assert "continue dans une autre idée" in client.get("/words/").content.decode()


def test_it_can_be_undone_and_only_its_own_voices_come_back(world, idea, other, sign_in):
    for person in (world.coumba, world.lea):
        Support.give(idea.item, person)
    Support.bring(idea.item, world.moussa, world.awa, "visit")
    Support.give(other.item, world.lea)
    idea.merge_into(other, world.awa)
    Support.give(other.item, world.idrissa)
    Support.objects.get(item=other.pk, person=world.coumba).take_back(world.coumba)
    assert sign_in(world.awa).post(f"/ideas/{idea.pk}/parting/").status_code == 302
    fresh = Idea.objects.get(pk=idea.pk)
    assert (fresh.item.state, fresh.same_as) == (State.PUBLISHED, None)
    assert voices(idea) == {world.lea, world.moussa} and voices(other) == {world.lea, world.idrissa}


def test_voices_go_back_to_where_they_were_given_through_two_merges(world, space, idea, other):
    third = publish("idea", space, world.awa, "Des chaises", "").idea
    Support.give(third.item, world.coumba)
    third.merge_into(idea, world.awa)
    Idea.objects.get(pk=idea.pk).merge_into(other, world.awa)
    assert voices(other) == {world.coumba}
    Idea.objects.get(pk=third.pk).part(world.awa)
    assert (voices(third), voices(idea), voices(other)) == ({world.coumba}, set(), set())


def test_authors_supporters_and_followers_are_told_and_follow_the_one_that_stays(world, idea, other, hear):
    Support.give(idea.item, world.coumba)
    Follow.objects.set(world.lea, "all", item=idea.item)
    hear()
    idea.merge_into(other, world.marc)
    hear()
    told = {each.person for each in Signal.objects.filter(item=idea.pk, verb="idea_merged")}
    assert {world.awa, world.coumba, world.lea} <= told
    assert world.grace in {each.person for each in Signal.objects.filter(item=other.pk, verb="idea_grew")}
    followers = set(Follow.objects.heard().filter(item=other.pk).values_list("person", flat=True))
    assert world.lea.pk in followers
    Idea.objects.get(pk=idea.pk).part(world.marc)
    hear()
    assert world.lea.pk not in set(Follow.objects.heard().filter(item=other.pk).values_list("person", flat=True))


def test_what_stands_elsewhere_or_is_merged_already_is_refused(world, idea, other, sign_in):
    elsewhere = publish("idea", world.spaces["le-fil"], world.grace, "Ailleurs", "").idea
    question = publish("question", idea.item.space, world.awa, "Une question ?", "")
    for pk in (elsewhere.pk, question.pk, idea.pk):
        assert sign_in(world.awa).post(f"/ideas/{idea.pk}/same/", {"into": pk}).status_code == 422
    idea.merge_into(other, world.awa)
    with pytest.raises(Unmergeable):
        Idea.objects.get(pk=other.pk).merge_into(Idea.objects.get(pk=idea.pk), world.grace)


def test_only_who_wrote_it_and_stewards_say_so(world, idea, other, sign_in):
    assert sign_in(world.coumba).post(f"/ideas/{idea.pk}/same/", {"into": other.pk}).status_code == 403
    assert sign_in(world.nadia).post(f"/ideas/{idea.pk}/same/", {"into": other.pk}).status_code == 302


def test_a_voice_that_comes_a_moment_after_a_merge_is_not_left_behind(world, idea, other):
    seen_before = Item.objects.get(pk=idea.pk)
    idea.merge_into(other, world.awa)
    assert not Support.give(seen_before, world.lea)
    with pytest.raises(PermissionDenied):
        Support.bring(seen_before, world.moussa, world.grace, "visit")
    assert not Support.objects.filter(item=idea.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_thrown_away_while_it_is_merged_stays_in_the_trash(world, idea, other):
    with meanwhile(lambda: Idea.objects.get(pk=idea.pk).merge_into(other, world.awa)) as told:
        lifecycle.trash(idea.item, world.awa)
    assert isinstance(told[0], Unmergeable)
    assert Item.objects.get(pk=idea.pk).state == State.TRASHED


def test_what_others_stand_for_is_not_taken_out_of_the_archive_beside_them(world, idea, other, sign_in):
    idea.merge_into(other, world.awa)
    client = sign_in(world.awa)
    page = client.get(f"{idea.item.get_absolute_url()}?alone=1").content.decode()
    assert f"/items/{idea.pk}/trash/" in page and f"/items/{idea.pk}/archive/" not in page
    assert client.post(f"/items/{idea.pk}/archive/", {"out": "1"}).status_code == 403
    refused = client.get(f"/items/{idea.pk}/edit/")
    assert refused.status_code == 403 and "Autre chose en tient lieu" in refused.content.decode()
    assert f"/items/{idea.pk}/archive/" not in refused.content.decode()
    assert lifecycle.unarchive(idea.item, world.awa).state == State.ARCHIVED  # as whoever pressed a moment before
    lifecycle.archive(other.item, world.grace)
    assert sign_in(world.grace).post(f"/items/{other.pk}/archive/", {"out": "1"}).status_code == 302
    assert Item.objects.get(pk=other.pk).state == State.PUBLISHED


def test_what_lies_in_the_trash_does_not_leave_it_by_parting(world, idea, other, sign_in):
    idea.merge_into(other, world.awa)
    lifecycle.trash(idea.item, world.awa)
    client = sign_in(world.awa)
    assert client.post(f"/ideas/{idea.pk}/parting/").status_code == 403
    lifecycle.restore(idea.item, world.awa)
    assert client.post(f"/ideas/{idea.pk}/parting/").status_code == 302
    assert Item.objects.get(pk=idea.pk).state == State.PUBLISHED
