"""What is a part of something, as an answer is of a question: heard of from there, and read there."""

import pytest

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish
from palabre.home.sources import published
from palabre.signals.carrying import Sending, unseen
from palabre.signals.models import Entry, Follow, Level, Signal
from palabre.tags.models import Tag
from palabre.talk.models import Comment

WORDS = "Avec une copie papier, et du #café."


@pytest.fixture
def question(world, hear):
    item = publish("question", world.spaces["maison"], world.awa, "Comment lire un plan ?", "Sans réseau.")
    item.question.item = item
    hear()
    Signal.objects.all().delete()
    Entry.objects.all().delete()
    return item.question


def test_an_answer_is_told_once_to_each_from_where_they_hear_of_it(world, question, hear, heard):
    space = world.spaces["maison"]
    for person in (world.awa, world.grace, world.coumba):
        Follow.objects.set(person, Level.ALL, space=space)
    Follow.objects.set(world.grace, Level.ALL, item=question.item)
    Follow.objects.set(world.marc, Level.ALL, author=world.lea)
    Follow.objects.set(world.nadia, Level.ALL, tag=Tag.objects.made(["café"])["cafe"])
    Follow.objects.set(world.nadia, Level.MUTED, item=question.item)
    question.answer(world.lea, WORDS)
    hear()
    assert heard(world.awa) == [("question_answered", "asker")]
    assert heard(world.grace) == [("question_answered", "follow.item")]
    assert heard(world.marc) == [("published", "follow.person")]
    assert heard(world.coumba) == heard(world.nadia) == []


def test_whoever_is_named_in_an_answer_hears_of_it_once_whatever_else_they_follow(
    world, question, hear, heard, sign_in
):
    Follow.objects.set(world.grace, Level.ALL, item=question.item)
    Follow.objects.set(world.coumba, Level.PERSONAL, item=question.item)
    Follow.objects.set(world.marc, Level.ALL, author=world.lea)
    Follow.objects.set(world.nadia, Level.MUTED, item=question.item)
    named = (world.awa, world.grace, world.coumba, world.marc, world.binta, world.nadia)
    answer = question.answer(world.lea, f"Voir avec {', '.join(f'@{person.handle}' for person in named)}.")
    hear()
    for person in named[:-1]:
        assert heard(person) == [("question_answered", "mentioned")]
        assert list(Entry.objects.filter(person=person).values_list("item", flat=True)) == [question.pk]
    assert heard(world.nadia) == []
    assert Follow.objects.filter(item=answer, because="mentioned").count() == len(named) - 1
    shown = sign_in(world.grace).get("/inbox/").text
    assert f"{world.lea.name} mentioned you" in shown and f"#answer-{answer.pk}" in shown


def test_who_has_muted_a_thing_hears_nothing_of_its_parts_then_or_later(world, question, hear, heard):
    answer = question.answer(world.lea, WORDS)
    hear()
    Comment.say(answer, world.marc, f"Et toi, @{world.grace.handle} ?")
    hear()
    signals = list(Signal.objects.of(world.grace))
    assert len(unseen(signals, {}, Sending(signals[0].at))) == len(signals) == 1
    Follow.objects.set(world.grace, Level.MUTED, item=question.item)
    assert unseen(signals, {}, Sending(signals[0].at)) == []
    Comment.say(answer, world.marc, f"Allô, @{world.grace.handle} ?")
    hear()
    assert len(heard(world.grace)) == 1


def test_whoever_reads_the_page_has_seen_its_parts(world, question, hear, sign_in):
    Follow.objects.set(world.marc, Level.ALL, author=world.lea)
    answer = question.answer(world.lea, WORDS)
    other = publish("page", world.spaces["maison"], world.lea, "Autre", "Texte.")
    hear()
    marc = sign_in(world.marc)
    marc.get(question.item.get_absolute_url())
    unread = dict(Entry.objects.filter(person=world.marc).values_list("item", "unread"))
    assert unread == {answer.pk: False, other.pk: True}


def test_the_words_of_an_answer_stand_in_the_inbox_until_they_are_put_away(world, question, hear, sign_in):
    answer = question.answer(world.lea, WORDS)
    hear()
    awa = sign_in(world.awa)
    shown = awa.get("/inbox/").text
    assert "Avec une copie papier" in shown and f"#answer-{answer.pk}" in shown
    lifecycle.trash(answer, world.lea)
    assert "Avec une copie papier" not in awa.get("/inbox/").text


def test_a_feed_shows_the_whole_and_not_its_parts_beside_it(world, question):
    question.answer(world.lea, WORDS)
    assert [row["kind"] for row in published(world.grace, [world.spaces["maison"].pk], "")] == ["question"]
