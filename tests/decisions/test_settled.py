"""Once open, what was declared stays, whichever door somebody comes through; results are hidden as declared."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from palabre.authoring import writing
from palabre.authoring.writing import publish
from palabre.counting.ballots import Choice
from palabre.counting.majority import Majority
from palabre.decisions import box
from palabre.decisions.models import Ballot, Decision, Elector, Lot, Settled
from palabre.journal.models import Event
from palabre.kit.clock import now
from palabre.people.models import Organisation
from palabre.portability.carried import tables
from palabre.portability.tables import Scope
from palabre.signals.models import Signal
from tests.decisions.conftest import work
from tests.decisions.test_preparing import prepare

YES_NO = ["Oui", "Non"]
CHANGES = {
    "options": [{"key": "1", "title": "Non"}, {"key": "2", "title": "Oui"}],
    "rule": {"name": "approval", "seats": 1},
    "quorum": {"number": 1, "share": None},
    "ties": {"name": "status-quo", "option": "1"},
    "who": "readers",
    "shown": "voted",
    "stage": "draft",
    "version": 7,
    "opens_at": now() - timedelta(days=9),
    "closes_at": now() + timedelta(minutes=1),
}


@pytest.mark.parametrize("field", CHANGES)
def test_the_database_refuses_to_change_what_was_declared(field, opened):
    decision = opened(Majority(), YES_NO)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**{field: CHANGES[field]})
    decision.refresh_from_db()
    setattr(decision, field, CHANGES[field])
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.save()


@pytest.mark.parametrize("closed", [False, True])
def test_the_database_refuses_to_change_who_may_vote(world, opened, closed):
    """The list that anybody checked is the one that the count is divided by."""
    sahel, thies = Organisation.objects.order_by("pk")[:2]
    decision = opened(Majority(), YES_NO, mandates={world.marc: sahel})
    if closed:
        decision.close()
    listed = list(decision.electors.order_by("pk").values_list("person", "organisation"))
    marc, tom = (decision.electors.filter(person=person) for person in (world.marc, world.tom))
    for change in (
        lambda: Elector.objects.create(decision=decision, person=world.lea),
        lambda: Elector.objects.bulk_create([Elector(decision=decision, person=world.ramata)]),
        marc.delete,
        lambda: marc.update(person=world.lea),
        lambda: marc.update(organisation=thies),
        lambda: tom.update(organisation=sahel),
    ):
        with pytest.raises(IntegrityError, match="who may vote is settled"), transaction.atomic():
            change()
    assert list(decision.electors.order_by("pk").values_list("person", "organisation")) == listed


def test_nobody_on_the_list_of_one_vote_is_moved_to_another_that_is_open(world, space, opened):
    """A place on a list that is still in preparation is no way into one that is not."""
    vote, other = opened(Majority(), YES_NO), publish("decision", space, world.awa, "Quand ?", "…").decision
    place = Elector.objects.create(decision=other, person=world.lea)
    with pytest.raises(IntegrityError), transaction.atomic():
        Elector.objects.filter(pk=place.pk).update(decision=vote)


def test_a_mandate_ends_with_its_organisation_and_the_voice_stays(world, opened):
    gone = Organisation.objects.create(name="Comptoir du Fleuve")
    decision = opened(Majority(), YES_NO, mandates={world.marc: gone})
    gone.delete()
    assert decision.electors.get(person=world.marc).organisation is None


def test_the_page_refuses_it_too(world, opened, sign_in):
    decision, client = opened(Majority(), YES_NO), sign_in(world.awa)
    page = f"/decisions/{decision.pk}/"
    for refused in (
        prepare(client, decision, shown="voted"), client.get(f"{page}preparation/"), client.post(f"{page}opening/")
    ):  # fmt: skip
        assert refused.status_code == 422
        assert "Le vote est ouvert, et ce qui a été annoncé reste." in refused.content.decode()
    decision.refresh_from_db()
    assert decision.shown == "closed"
    assert prepare(sign_in(world.coumba), decision, shown="voted").status_code == 403
    with pytest.raises(Settled):
        decision.prepare(world.awa, [], shown="voted")
    with pytest.raises(Settled):
        decision.open(world.awa, lambda _decision: [world.lea.pk])


def test_a_result_and_its_ballots_stay_as_they_were_counted(world, opened):
    decision = opened(Majority(), YES_NO)
    decision.cast(world.marc, Choice("1"))
    decision.close()
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(outcome={})
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.update(said="2")
    with pytest.raises(Settled):
        decision.cast(world.marc, Choice("2"))
    for again in (decision.close, lambda: decision.cancel(world.awa, "Non.")):
        with pytest.raises(Settled):
            again()


def test_another_seed_than_the_one_whose_sum_was_published_is_refused(opened):
    decision = opened(Majority(), YES_NO, ties="lot")
    Lot.objects.update(seed="un autre")
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.close()


def shows(client, decision):
    page = client.get(decision.item.get_absolute_url())
    return "result" in page.context, client.get(f"/decisions/{decision.pk}/ballots/").status_code == 200


def test_results_are_hidden_until_closing(world, opened, sign_in):
    decision = opened(Majority(), YES_NO, shown="closed")
    decision.cast(world.marc, Choice("1"))
    for person in (world.marc, world.awa, world.tom, world.lea):
        assert shows(sign_in(person), decision) == (False, False)
    decision.close()
    assert shows(sign_in(world.lea), decision) == (True, True)


def test_results_are_hidden_until_one_has_voted(world, opened, sign_in):
    decision = opened(Majority(), YES_NO, shown="voted")
    sign_in(world.marc).post(f"/decisions/{decision.pk}/ballot/", {"option": "1"})
    work()
    assert shows(sign_in(world.marc), decision) == (True, True)
    for person in (world.awa, world.tom, world.lea):
        assert shows(sign_in(person), decision) == (False, False)


def test_an_open_ballot_is_nowhere_but_in_its_row(world, opened):
    """Not in the journal, nor in what somebody takes with them; their own they may."""
    decision = opened(Majority(), ["Rouge", "Vert"], ties="lot")
    decision.cast(world.marc, Choice("2"))
    cast = Event.objects.get(verb="ballot_cast")
    assert cast.particulars == {}

    def carried(person, model):
        table = next(each for each in tables() if each.model is model)
        return list(table.rows(Scope.of(person)))

    assert carried(world.awa, Ballot) == [] and len(carried(world.marc, Ballot)) == 1
    assert carried(world.awa, Lot) == []
    decision.close()
    assert len(carried(world.awa, Ballot)) == 1 and len(carried(world.awa, Lot)) == 1


def test_what_is_indexed_of_an_open_vote_says_nothing_of_ballots(world, opened):
    from palabre.decisions.kind import DECISION

    decision = opened(Majority(), ["Rouge", "Vert"], shown="closed")
    before = DECISION.search_text(decision.item)
    decision.cast(world.marc, Choice("2"))
    assert DECISION.search_text(decision.item) == before == "Rouge\nVert\n"
    assert "2" not in json.dumps(before)


@pytest.mark.parametrize("secret", [False, True])
def test_after_a_change_of_substance_who_voted_is_asked_to_confirm(secret, world, opened, sign_in, hear):
    decision = opened(Majority(), YES_NO, secret=secret)
    for person in (world.marc, world.tom):
        if secret:
            decision.cast_secretly(person, Choice("1"), box.new_key())
        else:
            decision.cast(person, Choice("1"))
    client, substance = sign_in(world.awa), f"/decisions/{decision.pk}/substance/"
    client.post(substance)
    assert not decision.turns.filter(what="pinned").exists()  # nothing has changed
    writing.revise(decision.item, world.awa, decision.item.title, "Tout autre chose.", based_on=1)
    assert sign_in(world.coumba).post(substance).status_code == 403
    for _press in range(2):
        client.post(substance)
    assert decision.turns.filter(what="pinned").count() == 1  # nothing has changed since
    hear()
    asked = Signal.objects.filter(verb="decision_changed").values_list("person", flat=True)
    assert set(asked) == {world.marc.pk, world.tom.pk}
    marc, confirm = sign_in(world.marc), f"/decisions/{decision.pk}/confirmation/"
    assert marc.get(decision.item.get_absolute_url()).context["to_confirm"]
    assert decision.item.title in marc.get("/").content.decode().partition('id="asks"')[2].partition("</section>")[0]
    assert marc.post(confirm).status_code == 302
    assert not marc.get(decision.item.get_absolute_url()).context["to_confirm"]
    assert sign_in(world.grace).post(confirm).status_code == 422  # has said nothing that could hold
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(pinned=1)
    decision.close()
    page = sign_in(world.lea).get(decision.item.get_absolute_url())
    assert page.context["unconfirmed"] == 1
    assert decision.outcome["document"]["present"] == 2
