"""What decisions want of somebody beside a ballot stands on their front page until it is given, and on no other one."""

import pytest
from django.utils import timezone

from palabre.authoring import writing
from palabre.authoring.lifecycle import name_owner
from palabre.counting.advice import Advice
from palabre.counting.ballots import Choice
from palabre.counting.consent import Consent
from palabre.counting.majority import Majority
from palabre.decisions.models import Argument, Decision
from palabre.items.models import Item
from palabre.journal.models import Event
from palabre.kit.asks import waiting
from palabre.signals.models import Signal


@pytest.fixture
def asked(sign_in):
    """`asked(person)`: where on the pages of decisions their front page leads them, but for ballots that they owe."""

    def asked(person):
        found = [ask for ask in waiting(sign_in(person).get("/").wsgi_request) if ask.icon == "vote"]
        return sorted(place for ask in found if (place := ask.address.partition("#")[2]) != "ballot")

    return asked


def test_reasons_wait_for_who_proposed_until_they_are_answered(world, opened, asked, sign_in):
    decision = opened(Majority(), ["Oui", "Non"])
    Argument.objects.say(decision, world.awa, "for", "Je le propose.")  # her own waits for nobody
    assert asked(world.awa) == []
    for words in ("C’est loin.", "C’est cher."):
        Argument.objects.say(decision, world.marc, "against", words)
    assert asked(world.awa) == ["arguments"] and asked(world.lea) == []
    html = sign_in(world.awa).get("/").content.decode()
    assert "2 arguments attendent une réponse" in html
    assert 'id="arguments"' in sign_in(world.awa).get(decision.item.get_absolute_url()).content.decode()
    for argument in Argument.objects.exclude(item__author=world.awa):
        argument.respond(world.awa, "C’est entendu.")
    assert asked(world.awa) == []


def test_who_is_responsible_for_the_text_is_asked_in_place_of_its_author_and_may_answer(world, opened, asked, sign_in):
    decision = opened(Advice(), ["Plutôt pour", "Plutôt contre"])
    name_owner(decision.item, world.awa, world.lea)
    decision.cast(world.marc, Choice("1"))
    opinion = Argument.objects.say(decision, world.marc, "opinion", "Plutôt pour.")
    assert asked(world.awa) == [] and asked(world.lea) == ["arguments"]
    decision.close()
    assert asked(world.lea) == ["arguments", "outcome"]
    lea = sign_in(world.lea)
    assert lea.post(f"/arguments/{opinion.pk}/response/", {"answer": "Je vous suis."}).status_code == 302
    assert lea.post(f"/decisions/{decision.pk}/statement/", {"statement": "Nous y allons."}).status_code == 302
    assert asked(world.lea) == asked(world.awa) == []


def test_who_objected_says_whether_an_answer_resolves_it(world, opened, asked):
    decision = opened(Consent(), ["La proposition", "Une objection"])
    decision.cast(world.marc, Choice("2"))
    objection = Argument.objects.say(decision, world.marc, "objection", "Personne ne peut fermer seul.")
    assert asked(world.marc) == []
    objection.respond(world.awa, "Vous serez deux.")
    assert asked(world.marc) == [f"argument-{objection.pk}"]
    Argument.objects.lift(decision, world.marc)
    assert asked(world.marc) == []


def test_who_voted_on_an_earlier_text_is_asked_to_confirm(world, opened, asked):
    decision = opened(Majority(), ["Oui", "Non"])
    decision.cast(world.marc, Choice("1"))
    item = Item.objects.select_related("space").get(pk=decision.pk)
    writing.revise(item, world.awa, item.title, "Tout autre chose.", based_on=1)
    decision = Decision.objects.select_related("item__space").get(pk=decision.pk)
    decision.pin(world.awa)
    assert asked(world.marc) == ["vote"]
    decision.confirm(world.marc)
    assert asked(world.marc) == []


def test_a_result_waits_for_what_was_decided_and_comes_back_on_its_day(world, opened, asked):
    decision = opened(Majority(), ["Oui", "Non"])
    decision.cast(world.marc, Choice("1"))
    decision.close()
    assert asked(world.awa) == ["outcome"]
    decision.state(world.awa, "C’est oui.")
    decision.review(world.awa, timezone.localdate())
    Decision.objects.filter(pk=decision.pk).update(review_due=True)
    assert asked(world.awa) == ["review"]
    decision.review(world.awa, None)
    assert asked(world.awa) == []


def test_nothing_is_asked_about_what_one_reads_no_more(world, opened, asked, space):
    decision = opened(Majority(), ["Oui", "Non"])
    Argument.objects.say(decision, world.marc, "against", "C’est loin.")
    space.audience = "team"
    space.save()
    space.memberships.filter(person=world.awa).delete()
    assert asked(world.awa) == []


def test_a_result_is_left_at_that_on_purpose_and_why_stands_beside_it(world, opened, asked, hear, sign_in):
    decision = opened(Majority(), ["Oui", "Non"])
    decision.cast(world.marc, Choice("1"))
    decision.close()
    hear()
    assert asked(world.awa) == ["outcome"]
    awa, address = sign_in(world.awa), f"/decisions/{decision.pk}/leaving/"
    assert address in awa.get(decision.item.get_absolute_url()).content.decode()
    for wrong in ("", " ", "x" * 501):
        refused = awa.post(address, {"reason": wrong})
        assert refused.status_code == 422 and 'id="left-error"' in refused.content.decode()
    assert wrong in refused.content.decode()
    assert asked(world.awa) == ["outcome"]
    assert sign_in(world.coumba).post(address, {"reason": "Non."}).status_code == 403
    assert awa.post(address, {"reason": "Le fournisseur a fermé."}).status_code == 302
    assert asked(world.awa) == []
    html = sign_in(world.lea).get(decision.item.get_absolute_url()).content.decode()
    assert html.count("Le fournisseur a fermé.") == 2  # beside the result, and in what happened
    assert Event.objects.get(verb="decision_left").particulars["reason"] == "Le fournisseur a fermé."
    assert awa.post(address, {"reason": "Encore."}).status_code == 422
    assert awa.post(f"/decisions/{decision.pk}/statement/", {"statement": "Si, tout de même."}).status_code == 302
    hear()
    told = Signal.objects.filter(person=world.marc, verb="decision_left")
    assert [signal.loud for signal in told] == [False]


def test_who_asked_for_opinions_answers_them_before_leaving_it_at_that(world, opened, sign_in):
    decision = opened(Advice(), ["Plutôt pour", "Plutôt contre"])
    decision.cast(world.marc, Choice("1"))
    Argument.objects.say(decision, world.marc, "opinion", "Plutôt pour.")
    decision.close()
    response = sign_in(world.awa).post(f"/decisions/{decision.pk}/leaving/", {"reason": "Trop tard."})
    assert response.status_code == 422 and "Trop tard." in response.content.decode()
    assert not Event.objects.filter(verb="decision_left").exists()
