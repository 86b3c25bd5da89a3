"""Comments: threads, passages, edits and deletions that leave a trace, gestures."""

import threading

import pytest
from django.db import connection, transaction

from palabre.items.models import Item
from palabre.items.words import of as words_of
from palabre.journal.models import Event
from palabre.kit.policy import may
from palabre.spaces.models import Membership
from palabre.talk import discussion
from palabre.talk.anchors import anchor
from palabre.talk.models import Comment, Earlier, Gesture, Reaction


@pytest.fixture
def item(world):
    return Item.objects.create(
        kind="page",
        space=world.spaces["installateurs"],
        author=world.coumba,
        title="Pose",
        html="<p>On pose la fibre.</p>",
    )


def test_answers_stay_in_the_thread_of_what_they_answer(world, item):
    opening = Comment.say(item, world.tidiane, "Et le dimanche ?")
    answer = Comment.say(item, world.awa, "Non.", parent=opening)
    deeper = Comment.say(item, world.tidiane, "Dommage.", parent=answer)
    other = Comment.say(item, world.koffi, "Autre chose.")
    assert deeper.thread == opening
    threads = discussion.load(world.awa, item).threads
    assert [thread.pk for thread in threads] == [opening.pk, other.pk]
    assert [said.comment for said in threads[0].answers] == [answer, deeper]


def test_an_edit_keeps_what_was_said(world, item):
    comment = Comment.say(item, world.awa, "Un mot")
    comment.edit(world.awa, "Un **autre** mot")
    assert "<strong>autre</strong>" in comment.html
    assert comment.edited_at is not None
    assert Earlier.objects.get(comment=comment).body == "Un mot"


def test_two_edits_at_once_keep_what_each_of_them_said(world, item):
    comment = Comment.say(item, world.awa, "Un mot")
    seen_before = Comment.objects.get(pk=comment.pk)
    comment.edit(world.awa, "Un autre mot")
    seen_before.edit(world.awa, "Un dernier mot")
    assert [each.body for each in comment.earlier.all()] == ["Un mot", "Un autre mot"]


def test_of_two_deletions_at_once_the_first_says_who_may_bring_it_back(world, item):
    comment = Comment.say(item, world.tidiane, "Un mot de trop")
    seen_before = Comment.objects.get(pk=comment.pk)
    comment.delete_by(world.grace)
    seen_before.delete_by(world.tidiane)
    assert Comment.objects.get(pk=comment.pk).deleted_by == world.grace
    assert Event.objects.filter(verb="comment_deleted").count() == 1
    brought_back = Comment.objects.get(pk=comment.pk)
    comment.restore(world.grace)
    brought_back.restore(world.grace)
    assert Event.objects.filter(verb="comment_restored").count() == 1


def test_a_deleted_comment_is_searched_no_more_and_can_be_brought_back(world, item):
    comment = Comment.say(item, world.awa, "Mot introuvable")
    assert "introuvable" in words_of([item.pk])["comments"][item.pk]
    comment.delete_by(world.awa)
    assert item.pk not in words_of([item.pk])["comments"]
    comment.restore(world.awa)
    assert "introuvable" in words_of([item.pk])["comments"][item.pk]


def test_a_comment_on_a_passage_keeps_its_surroundings(world, item):
    comment = Comment.say(item, world.awa, "Laquelle ?", anchor=anchor("On pose la fibre.", "la fibre"))
    assert (comment.quote, comment.prefix, comment.suffix) == ("la fibre", "On pose ", ".")


def test_comments_say_in_the_journal_whom_they_name(world, item):
    Comment.say(item, world.awa, f"Qu'en dit @{world.idrissa.handle} ?")
    event = Event.objects.get(verb="commented", item=item.pk)
    assert event.particulars["mentions"] == [world.idrissa.handle]
    assert event.by == world.awa.pk


def test_rights_on_a_comment_are_lost_with_sight_of_its_item(world, item):
    membership = Membership.objects.filter(space=item.space, person=world.tidiane)
    comment = Comment.say(item, world.tidiane, "Je repasse.")
    assert may(world.tidiane, "comment.edit", comment)
    membership.delete()
    item.space.organisations.clear()
    assert not may(world.tidiane, "comment.edit", comment)
    assert not may(world.tidiane, "comment.delete", comment)


def test_only_its_author_edits_a_comment_and_stewards_may_delete_it(world, item):
    comment = Comment.say(item, world.tidiane, "Je repasse.")
    steward = Membership.objects.filter(space=item.space, role="steward").first().person
    assert not may(steward, "comment.edit", comment)
    assert may(steward, "comment.delete", comment)
    assert not may(world.koffi, "comment.delete", comment)
    comment.delete_by(steward)
    assert not may(world.tidiane, "comment.restore", comment)
    assert may(steward, "comment.restore", comment)


def test_a_gesture_is_made_once_and_taken_back(world, item):
    assert Reaction.toggle(item, None, Gesture.THANKS, world.awa)
    assert not Reaction.toggle(item, None, Gesture.THANKS, world.awa)
    assert not Reaction.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_presses_twice_at_once_makes_the_gesture_and_takes_it_back(world, item):
    stands = []

    def meanwhile():
        try:
            stands.append(Reaction.toggle(item, None, Gesture.THANKS, world.awa))
        finally:
            connection.close()

    other = threading.Thread(target=meanwhile)
    with transaction.atomic():
        stands.append(Reaction.toggle(item, None, Gesture.THANKS, world.awa))
        other.start()
        other.join(timeout=1)  # it waits for the first, whose gesture it must not overlook
    other.join()
    assert stands == [True, False]
    assert not Reaction.objects.exists()
