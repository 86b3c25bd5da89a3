"""Asking, answering, accepting, voting: by whom, what it says to whom, and what stands on the page."""

import re

from palabre.authoring import lifecycle, writing
from palabre.items.models import Item, Name, State
from palabre.journal.models import Event
from palabre.links.models import Link, Type
from palabre.questions.models import Question, Vote
from palabre.signals.models import Signal
from palabre.talk.models import Comment


def page(client, question):
    response = client.get(question.item.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def order_on(html):
    return [int(key) for key in re.findall(r'<article class="given[^"]*" id="answer-(\d+)"', html)]


def test_a_question_is_written_at_the_desk_like_any_text(world, space, sign_in):
    client = sign_in(world.awa)
    assert 'value="question" checked' in client.get(f"/write/?kind=question&space={space.slug}").content.decode()
    sent = {
        "kind": "question",
        "space": space.slug,
        "title": "Où est la clé ?",
        "body": "Du local.",
        "action": "publish",
    }
    assert client.post("/write/", sent).status_code == 302
    item = Item.objects.get(title="Où est la clé ?")
    assert item.kind == "question" and Question.objects.filter(pk=item.pk).exists()


def test_an_answer_is_not_begun_at_the_desk_nor_offered_on_the_front_page(world, space, sign_in):
    client = sign_in(world.awa)
    sent = {"kind": "answer", "space": space.slug, "title": "Rien", "body": "x", "action": "publish"}
    assert client.post("/write/", sent).status_code == 422
    html = client.get("/").content.decode()
    assert "/write/?kind=question" in html and "/write/?kind=answer" not in html


def test_an_answer_belongs_to_its_question_and_bears_its_words(world, question, answers):
    answer = answers[0]
    assert (answer.parent, answer.space, answer.kind) == (question.item, question.item.space, "answer")
    assert answer.title == "Comment lire un plan ?"
    assert not Name.objects.filter(item=answer).exists()
    writing.revise(question.item, world.awa, "Comment lire un plan sans réseau ?", "Oui.", based_on=1)
    answer.refresh_from_db()
    assert answer.title == "Comment lire un plan sans réseau ?"
    assert Event.objects.filter(verb="renamed", item=answer.pk).exists()
    writing.revise(answer, world.lea, "Autre chose", "Avec deux copies.", based_on=1)
    answer.refresh_from_db()
    assert (answer.title, answer.body) == ("Comment lire un plan sans réseau ?", "Avec deux copies.\n")


def test_the_page_shows_the_answers_and_takes_another_without_script(world, question, answers, sign_in):
    client = sign_in(world.grace)
    html = page(client, question)
    assert "Avec une copie papier." in html and "Avec la tablette." in html
    response = client.post(f"/questions/{question.pk}/answers/", {"body": "Par *cœur*."}, follow=True)
    assert "Par <em>cœur</em>." in response.content.decode()
    assert question.answers().count() == 3


def test_an_empty_answer_comes_back_with_what_to_do(world, question, sign_in):
    response = sign_in(world.grace).post(f"/questions/{question.pk}/answers/", {"body": "  "})
    assert response.status_code == 422 and 'id="answer-error"' in response.content.decode()
    assert not question.answers().exists()


def test_who_reads_the_question_alone_reads_its_answers(world, question, answers, sign_in):
    address = answers[0].get_absolute_url()
    assert sign_in(world.coumba).get(address).status_code == 200
    assert sign_in(world.ramata).get(address).status_code == 404


def test_who_asked_or_a_steward_accepts_one_answer_and_can_undo_it(world, question, answers, sign_in):
    address = f"/questions/{question.pk}/acceptance/"
    assert sign_in(world.coumba).post(address, {"answer": answers[0].pk}).status_code == 403
    asker = sign_in(world.awa)
    asker.post(address, {"answer": answers[1].pk})
    assert order_on(page(asker, question))[0] == answers[1].pk
    asker.post(address, {"answer": answers[0].pk})
    assert Question.objects.get(pk=question.pk).accepted == answers[0]
    asker.post(address, {"undo": "1"})
    assert Question.objects.get(pk=question.pk).accepted is None
    verbs = list(Event.objects.filter(item=question.pk, verb__contains="accepted").values_list("verb", flat=True))
    assert sorted(verbs) == ["answer_accepted", "answer_accepted", "answer_unaccepted"]


def test_an_answer_to_another_question_cannot_be_accepted(world, space, question, answers, sign_in):
    other = writing.publish("question", space, world.awa, "Une autre ?", "")
    response = sign_in(world.awa).post(f"/questions/{other.pk}/acceptance/", {"answer": answers[0].pk})
    assert response.status_code == 404


def test_a_vote_is_one_each_and_changes(world, question, answers, sign_in):
    client, address = sign_in(world.grace), f"/items/{answers[0].pk}/vote/"
    for choice, votes in (("up", [True]), ("up", [True]), ("down", [False]), ("none", [])):
        assert client.post(address, {"vote": choice}).status_code == 302
        assert list(Vote.objects.filter(item=answers[0]).values_list("up", flat=True)) == votes


def test_nobody_votes_on_what_they_wrote(world, question, answers, sign_in):
    assert sign_in(world.lea).post(f"/items/{answers[0].pk}/vote/", {"vote": "up"}).status_code == 403
    assert sign_in(world.awa).post(f"/items/{question.pk}/vote/", {"vote": "up"}).status_code == 403
    assert not Vote.objects.exists()


def test_a_vote_is_answered_with_its_fragment_where_there_is_script(world, answers, sign_in):
    response = sign_in(world.grace).post(
        f"/items/{answers[0].pk}/vote/", {"vote": "up"}, headers={"hx-request": "true"}
    )
    html = response.content.decode()
    assert html.lstrip().startswith('<div class="votes"') and 'aria-pressed="true"' in html


def test_answers_stand_in_the_order_of_their_votes(world, question, answers, sign_in):
    assert order_on(page(sign_in(world.grace), question)) == [answers[0].pk, answers[1].pk]
    for person in (world.grace, world.coumba):
        Vote.cast(answers[1], person, True)
    Vote.cast(answers[0], world.grace, True)
    assert order_on(page(sign_in(world.grace), question)) == [answers[1].pk, answers[0].pk]


def test_who_asked_is_told_of_an_answer_and_its_author_that_it_is_accepted(world, question, answers, hear):
    question.accept(answers[0], world.awa)
    hear()
    told = {(each.person_id, each.verb, each.reason) for each in Signal.objects.filter(item=question.pk)}
    assert (world.awa.pk, "question_answered", "asker") in told
    assert (world.lea.pk, "answer_accepted", "answerer") in told


def test_answers_go_into_the_trash_with_their_question_and_come_back_with_it(world, question, answers):
    lifecycle.trash(answers[1], world.marc)
    lifecycle.trash(question.item, world.awa)
    assert not Item.objects.visible_to(world.coumba).filter(kind="answer").exists()
    lifecycle.restore(question.item, world.awa)
    states = dict(Item.objects.filter(kind="answer").values_list("pk", "state"))
    assert states == {answers[0].pk: State.PUBLISHED, answers[1].pk: State.TRASHED}


def test_an_answer_moves_with_its_question_only(world, question, answers, sign_in):
    assert sign_in(world.lea).get(f"/items/{answers[0].pk}/move/").status_code == 404
    lifecycle.move(question.item, world.marc, world.spaces["le-fil"])
    answers[0].refresh_from_db()
    assert (answers[0].space, answers[0].parent) == (world.spaces["le-fil"], question.item)


def test_an_answer_is_edited_without_a_title(world, answers, sign_in):
    html = sign_in(world.lea).get(f"/items/{answers[0].pk}/edit/").content.decode()
    assert '<input type="hidden" name="title"' in html and '<textarea class="title' not in html


def test_an_answer_becomes_a_page_once_linked_both_ways(world, question, answers, sign_in):
    client, address = sign_in(world.grace), f"/answers/{answers[0].pk}/page/"
    first = client.post(address)
    made = Item.objects.get(kind="page", title=question.item.title)
    assert first["Location"] == made.get_absolute_url()
    assert (made.body, made.author) == (answers[0].body, world.grace)
    assert Link.objects.filter(source=answers[0], target=made, type=Type.LED_TO).exists()
    assert answers[0].get_absolute_url() in client.get(made.get_absolute_url()).content.decode()
    assert made.get_absolute_url() in client.get(answers[0].get_absolute_url()).content.decode()
    asked = client.get(question.item.get_absolute_url()).content.decode().partition(f'id="answer-{answers[0].pk}"')[2]
    asked = asked.partition("</article>")[0]
    assert f'href="{made.get_absolute_url()}"' in asked and address not in asked
    assert client.post(address)["Location"] == made.get_absolute_url()
    assert Item.objects.filter(kind="page", title=question.item.title).count() == 1


def test_the_first_comments_are_read_below_their_answer_and_the_others_on_its_page(world, question, answers, sign_in):
    said = [Comment.say(answers[0], world.marc, f"Remarque {n}, @{world.lea.handle} **ici**.") for n in range(4)]
    said[1].delete_by(world.marc)
    html = sign_in(world.awa).get(question.item.get_absolute_url()).content.decode()
    below = html.partition(f'id="answer-{answers[0].pk}"')[2].partition("</article>")[0]
    assert [f"Remarque {n}" in below for n in range(5)] == [True, False, True, True, False]
    assert f"/comments/{said[0].pk}/" in below and "<strong>ici</strong>" in below
    assert 'class="mention"' in below and "autre commentaire" not in below
    Comment.say(answers[0], world.lea, "Remarque 4.")
    html = sign_in(world.awa).get(question.item.get_absolute_url()).content.decode()
    assert "Remarque 4." not in html and "1 autre commentaire" in html
