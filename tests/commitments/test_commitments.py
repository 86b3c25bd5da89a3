"""Somebody says what they will do, by when; who waits for it hears what came of it, in the words that were written."""

from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import get_default_timezone, localdate, make_aware

from palabre.authoring import lifecycle
from palabre.commitments.models import Commitment, Settled
from palabre.ideas.models import Support
from palabre.items.appointments import keep_due
from palabre.items.models import Appointment, Item
from palabre.journal.models import Event
from palabre.kit.asks import waiting
from palabre.links.models import Link, Type
from palabre.signals import lines
from palabre.signals.models import Entry, Follow, Level, Signal
from palabre.talk.models import Comment

WORDS = "Il est posé, à l’ombre du flamboyant."


def in_days(days):
    return localdate() + timedelta(days=days)


def settle(client, commitment, state="kept", words=WORDS):
    return client.post(f"/commitments/{commitment.pk}/result/", {"state": state, "words": words})


def plan(client, commitment, due, words="", carrier="idrissa"):
    sent = {"due": due.isoformat(), "words": words, "carrier": f"@{carrier}"}
    return client.post(f"/commitments/{commitment.pk}/plan/", sent)


def morning(day):
    return make_aware(datetime.combine(day, time(8, 1)), get_default_timezone())


def told(verb):
    return {each.person: each.reason for each in Signal.objects.filter(verb=verb)}


def test_one_begins_where_it_comes_from_and_each_leads_to_the_other(world, idea, sign_in, hear):
    client = sign_in(world.marc)
    page = client.get(f"/items/{idea.pk}/commitment/").content.decode()
    assert "Un banc devant l’agence" in page and '<option value="maison" selected' in page
    assert f'href="/items/{idea.pk}/commitment/"' in client.get(idea.get_absolute_url()).content.decode()
    sent = {
        "title": "Poser le banc",
        "body": "Avant l’hivernage.",
        "carrier": f"@{world.idrissa.handle}",
        "due": in_days(20),
        "space": "maison",
    }
    assert client.post(f"/items/{idea.pk}/commitment/", sent).status_code == 302
    made = Commitment.objects.select_related("item").get()
    assert (made.item.title, made.carrier) == ("Poser le banc", world.idrissa)
    assert (made.due, made.state) == (in_days(20), "open")
    assert Link.objects.filter(source=idea, type=Type.LED_TO, target=made.pk).exists()
    hear()
    assert told("commitment_handed")[world.idrissa] == "committing"
    html = sign_in(world.coumba).get(made.item.get_absolute_url()).content.decode()
    assert world.idrissa.name in html and "/result/" not in html


WRONG = (
    {"title": " "},
    {"carrier": "Personne de tel"},
    {"carrier": "@ramata"},
    {"due": "2020-01-01"},
    {"space": "direction"},
)


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_said_and_what_was_typed_stays(wrong, world, idea, sign_in):
    sent = {
        "title": "Poser",
        "body": "Mes mots.",
        "carrier": "@idrissa",
        "due": in_days(3).isoformat(),
        "space": "maison",
    }
    response = sign_in(world.grace).post(f"/items/{idea.pk}/commitment/", {**sent, **wrong})
    assert response.status_code == 422 and "Mes mots." in response.content.decode()
    assert not Commitment.objects.exists() and not Link.objects.filter(type=Type.LED_TO).exists()


def test_everybody_concerned_hears_what_came_of_it_in_the_words_that_were_written(
    world, idea, commitment, sign_in, hear
):
    Support.give(idea, world.coumba)
    Support.bring(idea, world.moussa, world.grace, "visit")
    Comment.say(idea, world.lea, "Avec un dossier.")
    Follow.objects.create(person=world.binta, item=idea, level=Level.ALL)
    hear()
    assert settle(sign_in(world.idrissa), commitment).status_code == 302
    hear()
    assert told("commitment_kept") == {
        world.marc: "author",
        world.awa: "hoping",
        world.coumba: "hoping",
        world.grace: "hoping",
        world.lea: "hoping",
        world.binta: "follow.item",
    }
    shown = lines.drawn(world.coumba, list(Entry.objects.filter(person=world.coumba, item=commitment.pk)))
    [said] = [each for line in shown for each in line.told if each.quote]
    assert said.quote.text == WORDS and said.quote.address.endswith("#result")
    html = sign_in(world.coumba).get(commitment.item.get_absolute_url()).content.decode()
    assert WORDS in html


def test_who_may_not_read_it_hears_nothing_of_it(world, idea, commit, sign_in, hear):
    Support.give(idea, world.coumba)
    Support.give(idea, world.nadia)
    hidden = commit(where=world.spaces["direction"], carrier=world.nadia)
    hear()
    hidden.settle("broken", "Le budget est parti ailleurs.", world.tom)
    hear()
    assert world.coumba not in told("commitment_broken") and told("commitment_broken")[world.nadia] == "committed"
    html = sign_in(world.coumba).get(idea.get_absolute_url()).content.decode()
    assert hidden.item.title not in html


@pytest.mark.parametrize("wrong", [{"words": " "}, {"state": "open"}, {"state": ""}])
def test_nothing_is_settled_without_words(wrong, world, commitment, sign_in):
    assert settle(sign_in(world.marc), commitment, **wrong).status_code == 422
    commitment.refresh_from_db()
    assert commitment.is_open and not commitment.turns.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=commitment.pk).update(state="kept")


def test_it_is_settled_once_and_can_be_opened_again(world, commitment, sign_in):
    client = sign_in(world.marc)
    assert settle(client, commitment, "broken", "Pas le temps.").status_code == 302
    with pytest.raises(Settled):
        Commitment.objects.get(pk=commitment.pk).settle("kept", "Si.", world.marc)
    assert settle(client, commitment).status_code == 422
    assert plan(client, commitment, in_days(30)).status_code == 422  # without a word
    assert plan(client, commitment, in_days(30), "Finalement oui.").status_code == 302
    commitment.refresh_from_db()
    assert (commitment.is_open, commitment.result, commitment.due) == (True, "", in_days(30))
    assert [turn.what for turn in commitment.turns.order_by("pk")] == ["broken", "again"]
    html = client.get(commitment.item.get_absolute_url()).content.decode()
    assert "Pas le temps." in html and "Finalement oui." in html


def test_another_day_needs_a_reason_and_other_hands_do_not(world, commitment, sign_in, hear):
    client = sign_in(world.idrissa)
    assert plan(client, commitment, in_days(40)).status_code == 422
    assert plan(client, commitment, in_days(-1), "Hier.").status_code == 422
    assert plan(client, commitment, in_days(40), "Le menuisier est pris.").status_code == 302
    assert plan(client, commitment, in_days(40), carrier="lea").status_code == 302
    commitment.refresh_from_db()
    assert (commitment.due, commitment.carrier) == (in_days(40), world.lea)
    hear()
    assert told("commitment_postponed")[world.awa] == "hoping" and told("commitment_handed")[world.lea] == "committing"
    assert plan(client, commitment, in_days(50), "Non.").status_code == 403  # it is out of their hands


def test_who_carries_wrote_or_stewards_it_settles_it_and_nobody_else(world, commitment, sign_in):
    assert settle(sign_in(world.coumba), commitment).status_code == 403
    assert settle(sign_in(world.ramata), commitment).status_code == 404
    lifecycle.archive(commitment.item, world.marc)
    assert settle(sign_in(world.idrissa), commitment).status_code == 403


def test_its_carrier_is_reminded_before_its_day_and_when_it_is_over(world, commitment, hear):
    assert keep_due(morning(in_days(7))) == 0
    assert keep_due(morning(in_days(8))) == 1
    hear()
    assert told("commitment_due_soon") == {world.idrissa: "committed"}
    assert keep_due(morning(in_days(11))) == 1
    hear()
    assert told("commitment_overdue") == {world.idrissa: "committed", world.marc: "author"}


def test_another_day_moves_the_reminders_and_what_is_settled_reminds_nobody(world, commitment):
    commitment.postpone(in_days(40), "Plus tard.", world.marc)
    assert keep_due(morning(in_days(12))) == 0
    commitment.settle("dropped", "Nous y renonçons.", world.marc)
    assert not Appointment.objects.filter(item=commitment.pk, kept_at=None).exists()
    assert keep_due(morning(in_days(60))) == 0
    Appointment.objects.filter(item=commitment.pk, verb="commitment_over").update(kept_at=None)
    keep_due(morning(in_days(60)))
    assert not Event.objects.filter(verb="commitment_overdue").exists()


def test_what_is_near_or_late_awaits_its_carrier(world, commit, sign_in):
    late, near = commit("En retard", days=2), commit("Bientôt", days=6)
    far, done = commit("Plus tard", days=20), commit("Fait", days=1)
    Commitment.objects.filter(pk=late.pk).update(due=in_days(-3))
    done.settle("kept", WORDS, world.idrissa)
    client = sign_in(world.idrissa)
    request = client.get("/").wsgi_request
    found = [ask for ask in waiting(request) if ask.address.startswith("/commitments/")]
    assert [ask.title for ask in found] == [late.item.title, near.item.title]
    assert far.item.title not in [ask.title for ask in found]
    html = client.get("/").content.decode()
    assert f"/commitments/{late.pk}/result/" in html
    assert f"/commitments/{late.pk}/result/" not in sign_in(world.marc).get("/").content.decode()


def test_the_list_begins_with_what_is_late_and_goes_on_page_by_page(world, commit, sign_in):
    for number in range(33):
        commit(f"Numéro {number}", days=40 - number, source=None)
    client = sign_in(world.coumba)
    first = client.get("/commitments/").context["page"]
    second = client.get("/commitments/", {"after": first.next}).context["page"]
    titles = [item.title for item in [*first, *second]]
    assert titles == [f"Numéro {number}" for number in reversed(range(33))]
    kept = Commitment.objects.order_by("pk").first()
    kept.settle("kept", WORDS, world.marc)
    shown = client.get("/spaces/maison/commitments/?show=kept").content.decode()
    assert WORDS in shown and kept.item.title in shown
    assert not list(sign_in(world.ramata).get("/commitments/?show=kept").context["page"])


def test_its_words_and_its_state_are_known_elsewhere(world, commitment):
    from palabre.items import kinds

    commitment.settle("kept", WORDS, world.marc)
    item = Item.objects.select_related("commitment").get(pk=commitment.pk)
    kind = kinds.get("commitment")
    assert kind.search_text(item) == WORDS
    assert set(kind.beside([item.pk])) == {item.pk}
