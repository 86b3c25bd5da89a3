"""Nobody is asked more often than they let the house ask in a month, whoever asks: one ledger for all."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction

from palabre.authoring.writing import publish
from palabre.consultations import inviting
from palabre.consultations.methods import METHODS
from palabre.counting.document import declared
from palabre.counting.schulze import Schulze
from palabre.counting.terms import Terms
from palabre.decisions import electorate
from palabre.decisions.models import Elector
from palabre.decisions.roles import electors, unheard
from palabre.ideas.models import Review
from palabre.journal.models import Event
from palabre.kit.clock import now
from palabre.people import attention
from palabre.people.attention import A_MONTH, Attention, Spent, Use, left


@pytest.fixture
def sparing(world):
    """Grace lets herself be asked twice a month."""
    Attention.objects.create(person=world.grace, requests=2)
    return world.grace


def vote(world, title):
    decision = publish("decision", world.spaces["maison"], world.awa, title, "Il faut choisir.").decision
    options = [{"key": key, "title": key} for key in "ab"]
    decision.prepare(
        world.awa, [], options=options, who="readers", closes_at=now() + timedelta(days=3), **declared(Terms(Schulze()))
    )
    decision.open(world.awa, electorate.those)
    return decision


def consult(world):
    made = METHODS["recommend"].make({"name": {"fr": "Cela"}})
    item = publish("consultation", world.spaces["maison"], world.awa, "Dites", "…", method="recommend", **made)
    item.consultation.open(world.awa, now() + timedelta(days=3))
    return item.consultation


def told(decision, verb, role):
    event = Event.objects.filter(item=decision.pk, verb=verb).latest("pk")
    return {person for _event, person in role([event])}


def test_votes_consultations_and_letters_spend_of_one_budget(world, sparing):
    first = vote(world, "Où ?")
    assert sparing.pk in told(first, "decision_opened", electors)
    assert consult(world).ask(world.awa, [sparing.pk]) == (1, 0)
    assert left(Use.REQUEST, sparing) == 0
    second = vote(world, "Quand ?")
    assert sparing.pk not in told(second, "decision_opened", electors)
    assert Elector.objects.filter(decision=second, person=sparing).exists()  # and may vote all the same
    third = consult(world)
    assert third.ask(world.awa, [sparing.pk]) == (0, 1)
    assert inviting.invite(third, world.awa, inviting.recipients([], [sparing], "fr")).written == 0
    assert Spent.objects.filter(person=sparing, use=Use.REQUEST).count() == 2


def test_who_opens_a_vote_is_not_asked_by_it(world):
    vote(world, "Où ?")
    assert not Spent.objects.filter(person=world.awa).exists()


def test_a_reminder_costs_nothing_to_who_was_asked_and_asks_others_when_there_is_room_again(world, sparing):
    early, late = vote(world, "Où ?"), vote(world, "Quand ?")
    other = vote(world, "Comment ?")
    early.remind()
    assert sparing.pk in told(early, "decision_ends_soon", unheard)
    other.remind()
    assert sparing.pk not in told(other, "decision_ends_soon", unheard)
    Spent.objects.filter(person=sparing, about=f"decision:{late.pk}").update(at=now() - A_MONTH - timedelta(hours=1))
    other.remind()
    assert sparing.pk in told(other, "decision_ends_soon", unheard)


def test_a_review_of_an_idea_spends_of_it_too(world, sparing):
    ideas = [publish("idea", world.spaces["maison"], world.awa, f"Mieux, {n}", "Une idée.").idea for n in range(3)]
    assert [Review.ask(idea, [sparing.pk], world.awa) for idea in ideas] == [(1, 0), (1, 0), (0, 1)]
    assert consult(world).ask(world.awa, [sparing.pk]) == (0, 1)


def test_to_ask_again_about_the_same_thing_is_no_second_request(world, sparing):
    assert attention.ask([sparing.pk], "pulse:1") == [sparing.pk]
    assert attention.ask([sparing.pk, sparing.pk], "pulse:1") == [sparing.pk]
    assert left(Use.REQUEST, sparing) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_the_same_person_take_their_turn_and_who_asks_another_waits_for_nobody(world):
    Attention.objects.create(person=world.grace, requests=1)
    asked = {}

    def ask(about, person):
        with transaction.atomic():
            asked[about] = attention.ask([person.pk], about)
        connection.close()

    def waiting():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            return cursor.fetchone()[0]

    other, same = (Thread(target=ask, args=each) for each in (("pulse:2", world.tom), ("pulse:3", world.grace)))
    with transaction.atomic():
        assert attention.ask([world.grace.pk], "pulse:1") == [world.grace.pk]
        other.start()
        other.join(20)
        assert asked == {"pulse:2": [world.tom.pk]}
        same.start()
        while same.is_alive() and not waiting():
            pass
        assert "pulse:3" not in asked
    same.join(20)
    assert asked["pulse:3"] == []  # what was left was spent
