"""A question waits for somebody by name, or for those who follow a tag; what nobody answers surfaces."""

import pytest

from palabre.authoring.writing import publish
from palabre.questions.models import Waiting
from palabre.signals.models import Follow, Signal
from palabre.spaces import homecoming, sight
from palabre.tags.models import Tag


@pytest.fixture
def tagged(world, question):
    Tag.objects.made(["plans"])["plans"].put_on(question.item, world.awa)
    tag = Tag.objects.get(key="plans")
    Follow.objects.set(world.grace, "all", tag=tag)
    return tag


def put(client, question, whom):
    return client.post(f"/questions/{question.pk}/waiting/", {"whom": whom})


def awaits(client):
    """What the front page says awaits the reader."""
    return client.get("/").content.decode().partition('id="asks"')[2].partition("</section>")[0]


def test_it_waits_for_somebody_by_name_who_is_told_and_finds_it_on_the_front_page(world, question, sign_in, hear):
    assert put(sign_in(world.awa), question, "@coumba").status_code == 302
    assert Waiting.objects.get().person == world.coumba
    hear()
    assert Signal.objects.get(person=world.coumba, verb="question_put").reason == "awaited"
    assert question.item.title in awaits(sign_in(world.coumba))
    assert question.item.title not in awaits(sign_in(world.grace))


def test_it_waits_for_those_who_follow_a_tag(world, question, tagged, sign_in, hear):
    put(sign_in(world.awa), question, "#plans")
    hear()
    assert [each.person for each in Signal.objects.filter(verb="question_put")] == [world.grace]
    assert "#plans" in awaits(sign_in(world.grace))
    question.answer(world.lea, "Ainsi.")
    assert question.item.title not in awaits(sign_in(world.grace))


@pytest.mark.parametrize("settles", ["answers", "passes", "accepts", "takes back"])
def test_it_waits_no_longer_once_one_has(settles, world, question, sign_in):
    question.wait_for(world.awa, person=world.coumba)
    client = sign_in(world.coumba)
    assert question.item.title in awaits(client)
    if settles == "answers":
        question.answer(world.coumba, "Ainsi.")
    elif settles == "passes":
        assert client.post(f"/questions/{question.pk}/passing/", {"next": "/"})["Location"] == "/"
    elif settles == "accepts":
        question.accept(question.answer(world.lea, "Ainsi."), world.awa)
    else:
        sign_in(world.awa).post(f"/questions/{question.pk}/waiting/{Waiting.objects.get().pk}/")
    assert question.item.title not in awaits(client)


def test_another_answer_does_not_settle_what_was_put_by_name(world, question, sign_in):
    question.wait_for(world.awa, person=world.coumba)
    question.answer(world.lea, "Ainsi.")
    assert question.item.title in awaits(sign_in(world.coumba))


def test_whose_answer_is_hoped_for_names_nobody_who_has_answered_or_cannot_help(world, question, tagged, sign_in):
    for person in (world.coumba, world.lea):
        question.wait_for(world.awa, person=person)
    question.wait_for(world.awa, tag=tagged)

    def hoped_for():
        put = sign_in(world.awa).get(question.item.get_absolute_url()).context["put"]
        return [each["name"] or each["tag"] for each in put]

    assert hoped_for() == [world.coumba.name, world.lea.name, tagged.name]
    question.answer(world.lea, "Ainsi.")
    assert hoped_for() == [world.coumba.name]
    question.wait_for(world.awa, person=world.marc)
    answer = question.answer(world.coumba, "Ou ainsi.")
    assert hoped_for() == [world.marc.name]
    question.pass_on(world.marc)
    assert hoped_for() == []
    question.wait_for(world.awa, person=world.grace)
    assert hoped_for() == [world.grace.name]
    question.accept(answer, world.awa)
    assert hoped_for() == []


def test_who_cannot_help_says_so_in_one_gesture_and_whoever_put_it_to_them_is_told(world, question, sign_in, hear):
    question.wait_for(world.marc, person=world.coumba)
    client, passing = sign_in(world.coumba), f'action="/questions/{question.pk}/passing/"'
    page = client.get(question.item.get_absolute_url()).content.decode()
    assert passing in page and passing in awaits(client) and "Je ne peux pas aider" in awaits(client)
    assert passing not in sign_in(world.awa).get(question.item.get_absolute_url()).content.decode()
    hear()
    client.post(f"/questions/{question.pk}/passing/")
    hear()
    signal = Signal.objects.get(verb="question_passed")
    assert (signal.person, signal.reason) == (world.marc, "enquirer")


def test_nobody_is_asked_who_cannot_read_it(world, question, sign_in):
    response = put(sign_in(world.awa), question, "@ramata")
    assert response.status_code == 422 and 'id="whom-error"' in response.content.decode()
    question.wait_for(world.awa, person=world.ramata)  # who lost sight of it since
    assert question.item.title not in awaits(sign_in(world.ramata))
    assert not Waiting.objects.exclude(person=world.ramata).exists()


def test_a_tag_that_nothing_in_sight_bears_is_refused(world, question, sign_in):
    assert put(sign_in(world.awa), question, "#jamais-vu").status_code == 422


def test_what_waits_is_counted_without_a_query_of_its_own(world, question, sign_in):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    question.wait_for(world.awa, person=world.coumba)
    client = sign_in(world.coumba)
    client.get("/tags/")
    with CaptureQueriesContext(connection) as asked:
        html = client.get("/tags/").content.decode()
    assert 'href="/questions/"' in html
    # One is the reader's sight, which counts them.
    assert [q["sql"] for q in asked if "questions_waiting" in q["sql"] and 'FROM "spaces_space"' not in q["sql"]] == []
    assert sight.of(world.coumba).counted["questions_waiting"] == 1
    assert len(homecoming.told(world.coumba, "questions_waiting")) == 1


def test_lists_show_the_newest_those_without_answer_and_those_that_wait(world, space, question, answers, sign_in):
    lonely = publish("question", space, world.grace, "Et sans lampe ?", "")
    question.wait_for(world.awa, person=world.coumba)
    client = sign_in(world.coumba)
    for address in ("/questions/", f"/spaces/{space.slug}/questions/"):
        shown = {
            show: [item.title for item in client.get(f"{address}?show={show}").context["page"].rows]
            for show in ("all", "unanswered", "waiting")
        }
        assert shown == {
            "all": [lonely.title, question.item.title],
            "unanswered": [lonely.title],
            "waiting": [question.item.title],
        }
    assert sign_in(world.ramata).get("/questions/").context["page"].rows == []


def test_a_space_shows_what_nobody_answered(world, space, question, sign_in):
    client = sign_in(world.coumba)
    assert 'id="unanswered"' in client.get(f"/spaces/{space.slug}/").content.decode()
    question.answer(world.lea, "Ainsi.")
    assert 'id="unanswered"' not in client.get(f"/spaces/{space.slug}/").content.decode()
