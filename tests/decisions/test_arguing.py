"""Reasons, opinions and objections: items that are answered. With advice one decides, consent resolves objections."""

import re

import pytest

from palabre.authoring import writing
from palabre.counting.advice import Advice
from palabre.counting.ballots import Choice
from palabre.counting.consent import Consent
from palabre.counting.document import read
from palabre.decisions.models import Argument, Ballot, Decision, Unanswered
from palabre.items.models import Item, Revision
from palabre.signals.models import Signal
from tests.decisions.test_preparing import prepare


@pytest.fixture
def consent(opened):
    return opened(Consent(), ["La proposition", "Une objection"])


@pytest.fixture
def advice(opened):
    return opened(Advice(), ["Plutôt pour", "Plutôt contre"])


def say(client, decision, option, words=""):
    return client.post(f"/decisions/{decision.pk}/ballot/", {"option": option, "words": words})


def answer(client, argument, words="Nous serons toujours deux."):
    return client.post(f"/arguments/{argument.pk}/response/", {"answer": words})


def chosen(decision):
    decision.refresh_from_db()
    document = decision.outcome["document"]
    assert read(document).count().plain() == document["result"]  # anybody counts it again
    return document["result"]["sure"]


def test_consent_and_advice_are_declared_without_options_secrecy_or_lent_voices(world, decision, sign_in):
    client = sign_in(world.awa)
    for method, titles in (
        ("advice", ["Plutôt pour", "Plutôt contre"]),
        ("consent", ["La proposition", "Une objection"]),
    ):
        html = client.get(f"/decisions/{decision.pk}/preparation/?method={method}").content.decode()
        assert not re.search(r'name="(options|ties|secret|delegated)"', html)
        assert prepare(client, decision, method, secret="yes", delegated="on").status_code == 302
        decision.refresh_from_db()
        assert [each["title"] for each in decision.options] == titles
        assert (decision.rule["name"], decision.secret, decision.delegated) == (method, False, False)


def test_an_objection_is_an_item_of_its_own_and_stands_in_the_way(world, consent, sign_in, hear):
    assert say(sign_in(world.marc), consent, "2").status_code == 422 and not Ballot.objects.exists()
    assert say(sign_in(world.marc), consent, "2", "Personne ne peut fermer seul.").status_code == 302
    say(sign_in(world.tom), consent, "1")
    say(sign_in(world.grace), consent, "none")
    objection = Argument.objects.get()
    assert (objection.item.kind, objection.item.parent, objection.item.author, objection.item.title) == (
        "argument", consent.item, world.marc, consent.item.title,
    )  # fmt: skip
    hear()
    assert Signal.objects.filter(verb="argument_given", person=world.awa).exists()
    assert "Personne ne peut fermer seul." in sign_in(world.lea).get(consent.item.get_absolute_url()).content.decode()
    assert sign_in(world.lea).get(objection.item.get_absolute_url()).status_code == 200
    consent.close()
    assert chosen(consent) == []


def test_an_objection_is_resolved_by_whoever_raised_it_once_it_is_answered(world, consent, sign_in, hear):
    marc, awa = sign_in(world.marc), sign_in(world.awa)
    say(marc, consent, "2", "Personne ne peut fermer seul.")
    objection = Argument.objects.get()
    assert answer(sign_in(world.coumba), objection).status_code == 403
    assert answer(awa, objection, " ").status_code == 422
    assert answer(awa, objection).status_code == 302
    for other in (world.awa, world.coumba):
        assert sign_in(other).post(f"/arguments/{objection.pk}/lifting/").status_code == 403
    hear()
    assert Signal.objects.filter(verb="argument_answered", person=world.marc).exists()
    assert Ballot.objects.get().said == "2"
    assert marc.post(f"/arguments/{objection.pk}/lifting/").status_code == 302
    objection.refresh_from_db()
    assert objection.lifted_at and Ballot.objects.get().said == "1"
    consent.close()
    assert chosen(consent) == ["1"]
    assert marc.post(f"/arguments/{objection.pk}/lifting/").status_code == 403


def test_who_objects_anew_changes_the_objection_and_who_votes_otherwise_lifts_it(world, consent, sign_in):
    marc = sign_in(world.marc)
    say(marc, consent, "2", "Personne ne peut fermer seul.")
    html = marc.get(consent.item.get_absolute_url()).content.decode()
    assert "Personne ne peut fermer seul.</textarea>" in html
    say(marc, consent, "2", "Personne ne peut ouvrir seul.")
    objection = Argument.objects.get()
    assert (
        objection.item.body.strip() == "Personne ne peut ouvrir seul."
        and Revision.objects.filter(item=objection.pk).count() == 2
    )
    say(marc, consent, "none")
    objection.refresh_from_db()
    assert objection.lifted_at
    say(marc, consent, "2", "Et pourtant.")
    assert Argument.objects.filter(lifted_at=None).count() == 1


def test_with_advice_one_decides_and_answers_each_before(world, advice, sign_in):
    assert say(sign_in(world.marc), advice, "1").status_code == 422
    say(sign_in(world.marc), advice, "1", "Les clients le demandent.")
    say(sign_in(world.tom), advice, "2", "Le dernier bus part à six heures.")
    first, second = Argument.objects.order_by("pk")
    assert answer(sign_in(world.marc), second).status_code == 403  # a steward, but it is not he who decides
    advice.close()
    assert chosen(advice) == [] and advice.outcome["document"]["result"]["details"]["leanings"] == {"1": 1, "2": 1}
    awa, statement = sign_in(world.awa), f"/decisions/{advice.pk}/statement/"
    assert answer(awa, first).status_code == 302
    refused = awa.post(statement, {"statement": "On essaie."})
    assert refused.status_code == 422 and "On essaie." in refused.content.decode()
    with pytest.raises(Unanswered):
        Decision.objects.get(pk=advice.pk).state(world.awa, "On essaie.")
    assert answer(awa, second).status_code == 302
    assert sign_in(world.marc).post(statement, {"statement": "On essaie."}).status_code == 403
    assert awa.post(statement, {"statement": "On essaie."}).status_code == 302


def test_reasons_for_and_against_stand_beside_the_text_and_each_is_answered(world, decision, sign_in):
    client, address = sign_in(world.coumba), f"/decisions/{decision.pk}/arguments/"
    for wrong in ({"side": "for", "body": " "}, {"side": "objection", "body": "Non."}, {"body": "Non."}):
        assert client.post(address, wrong).status_code == 422
    assert client.post(address, {"side": "against", "body": "C’est loin pour [[Où se réunir ?]]."}).status_code == 302
    assert client.post(address, {"side": "for", "body": "C’est beau."}).status_code == 302
    assert sign_in(world.ramata).post(address, {"side": "for", "body": "Oui."}).status_code == 404
    against = Argument.objects.get(side="against")
    assert answer(sign_in(world.awa), against, "Un car part de Dakar.").status_code == 302
    page = sign_in(world.lea).get(decision.item.get_absolute_url())
    assert [each.side for each in page.context["reasons"]] == ["against", "for"]
    assert "Un car part de Dakar." in page.content.decode()
    decision.item.refresh_from_db()
    writing.revise(decision.item, world.awa, "Où tenir la rencontre ?", "Il faut choisir.", based_on=1)
    assert set(Item.objects.filter(kind="argument").values_list("title", flat=True)) == {"Où tenir la rencontre ?"}


def test_once_decided_no_reason_is_given_any_more(world, consent, sign_in):
    consent.cast(world.marc, Choice("1"))
    consent.close()
    given = sign_in(world.coumba).post(f"/decisions/{consent.pk}/arguments/", {"side": "for", "body": "Oui."})
    assert given.status_code == 403
