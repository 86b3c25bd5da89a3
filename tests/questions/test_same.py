"""Two questions that ask the same become one, and two again."""

import pytest

from palabre.authoring import lifecycle
from palabre.authoring.sameness import Unmergeable
from palabre.authoring.writing import publish
from palabre.items.models import Item, State
from palabre.links.models import Link, Type
from palabre.questions.models import Question
from palabre.signals.models import Follow


@pytest.fixture
def other(world, space):
    item = publish("question", space, world.grace, "Lire un plan hors ligne ?", "Sur le toit.")
    item.question.item = item
    return item.question


def titles(question):
    return {answer.title for answer in question.answers()}


def test_answers_move_and_the_old_address_leads_on(world, question, answers, other, sign_in):
    theirs = other.answer(world.marc, "Comme ceci.")
    client, address = sign_in(world.awa), question.item.get_absolute_url()
    response = client.post(f"/questions/{question.pk}/same/", {"into": other.pk})
    assert response["Location"] == other.item.get_absolute_url()
    assert set(other.answers()) == {theirs, *answers} and titles(other) == {other.item.title}
    assert client.get(address)["Location"] == other.item.get_absolute_url()
    alone = client.get(f"{address}?alone=1").content.decode()
    assert f"/questions/{question.pk}/parting/" in alone
    assert question.item.title in client.get(other.item.get_absolute_url()).content.decode()


def test_it_can_be_undone_and_only_its_own_answers_come_back(world, question, answers, other, sign_in):
    theirs = other.answer(world.marc, "Comme ceci.")
    question.accept(answers[0], world.awa)
    question.merge_into(other, world.awa)
    later = Question.objects.get(pk=other.pk)
    later.accept(answers[1], world.grace)
    since = later.answer(world.lea, "Depuis.")
    assert sign_in(world.awa).post(f"/questions/{question.pk}/parting/").status_code == 302
    fresh = Question.objects.get(pk=question.pk)
    assert (fresh.item.state, fresh.same_as, fresh.accepted) == (State.PUBLISHED, None, answers[0])
    assert set(fresh.answers()) == set(answers) and titles(fresh) == {question.item.title}
    there = Question.objects.get(pk=other.pk)
    assert set(there.answers()) == {theirs, since} and there.accepted is None


def test_followers_follow_the_one_that_stays_until_they_part(world, question, other, hear):
    Follow.objects.set(world.coumba, "all", item=question.item)
    Follow.objects.set(world.lea, "all", item=question.item)
    Follow.objects.set(world.lea, "all", item=other.item)
    hear()
    question.merge_into(other, world.awa)
    hear()
    followers = set(Follow.objects.heard().filter(item=other.pk).values_list("person", flat=True))
    assert {world.coumba.pk, world.lea.pk, world.awa.pk} <= followers
    question.part(world.awa)
    hear()
    followers = set(Follow.objects.heard().filter(item=other.pk).values_list("person", flat=True))
    assert world.lea.pk in followers and not {world.coumba.pk, world.awa.pk} & followers


def test_what_led_to_a_merged_question_leads_to_the_one_that_stays(world, space, question, other, sign_in):
    third = publish("question", space, world.awa, "Et un troisième ?", "")
    third.question.merge_into(question, world.awa)
    Question.objects.get(pk=question.pk).merge_into(other, world.awa)
    assert sign_in(world.coumba).get(third.get_absolute_url())["Location"] == other.item.get_absolute_url()


def test_what_stands_elsewhere_or_is_merged_already_is_refused(world, question, other, sign_in):
    elsewhere = publish("question", world.spaces["le-fil"], world.grace, "Ailleurs ?", "")
    response = sign_in(world.awa).post(f"/questions/{question.pk}/same/", {"into": elsewhere.pk})
    assert response.status_code == 422
    for wrong in (elsewhere.question, question):
        with pytest.raises(Unmergeable):
            question.merge_into(wrong, world.awa)
    question.merge_into(other, world.awa)
    with pytest.raises(Unmergeable):
        other.merge_into(Question.objects.get(pk=question.pk), world.grace)


def test_only_who_asked_and_stewards_say_so(world, question, other, sign_in):
    assert sign_in(world.coumba).post(f"/questions/{question.pk}/same/", {"into": other.pk}).status_code == 403
    assert sign_in(world.nadia).post(f"/questions/{question.pk}/same/", {"into": other.pk}).status_code == 302
    assert Item.objects.get(pk=question.pk).state == State.ARCHIVED


def test_candidates_are_found_by_words_or_address_among_questions_of_the_space(world, question, other, sign_in):
    client, page = sign_in(world.awa), f"/questions/{question.pk}/same/"
    address = f"http://testserver{other.item.get_absolute_url()}"
    for asked in ("", "?q=hors+ligne", f"?q={address}"):
        assert client.get(page + asked).context["found"] == [other.item]
    assert client.get(page + "?q=rien").context["found"] == []


def test_what_a_link_says_to_be_the_same_is_offered_first(world, question, other, sign_in):
    latest = publish("question", question.item.space, world.grace, "Tout autre chose ?", "")
    client, page = sign_in(world.awa), f"/questions/{question.pk}/same/"
    assert client.get(page).context["found"] == [latest, other.item]
    Link.tie(other.item, Type.SAME, question.item, world.awa)
    assert client.get(page).context["found"] == [other.item, latest]
    Link.tie(question.item, Type.SAME, other.item, world.awa)  # it reads alike from either end, and stands once
    assert Link.objects.filter(type=Type.SAME).count() == 1


def test_an_answer_that_comes_a_moment_after_a_merge_stands_where_it_is_read(world, question, other):
    seen_before = Question.objects.get(pk=question.pk)
    question.merge_into(other, world.awa)
    answer = seen_before.answer(world.lea, "Ni l’un ni l’autre.")
    assert answer.parent == other.item and answer in other.answers()


def test_what_lies_in_the_trash_does_not_leave_it_by_parting(world, question, other, sign_in):
    question.merge_into(other, world.awa)
    lifecycle.trash(question.item, world.awa)
    client = sign_in(world.awa)
    assert client.post(f"/questions/{question.pk}/parting/").status_code == 403
    assert client.post(f"/items/{question.pk}/archive/", {"out": "1"}).status_code == 302  # nothing to take out
    assert Item.objects.get(pk=question.pk).state == State.TRASHED
