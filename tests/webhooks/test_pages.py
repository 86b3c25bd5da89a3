"""Pages of webhooks: made, shown, changed, disabled and resent by those who keep them; the secret is seen once."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish
from palabre.journal.models import Event
from palabre.kit import times
from palabre.kit.html import strip
from palabre.talk.models import Comment
from palabre.webhooks.models import Delivery, State, Webhook, Why

FORM = {"name": "Suivi de chantier", "address": "https://hooks.example/palabre"}


@pytest.fixture
def marc(world, sign_in):
    return sign_in(world.marc)


@pytest.fixture
def page(world):
    return publish("page", world.spaces["reseau"], world.coumba, "Le plan", "Un texte.")


def test_a_steward_makes_one_and_sees_its_secret_once(world, marc):
    assert "Créer le premier" in marc.get("/spaces/reseau/webhooks/").content.decode()
    answer = marc.post("/spaces/reseau/webhooks/new/", FORM | {"verbs": ["commented"], "kinds": ["page"]})
    (secret,) = re.findall(r"whsec_[\w+/=]+", answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    webhook = Webhook.objects.get()
    assert (webhook.keeper, webhook.space, webhook.verbs, webhook.kinds) == (
        world.marc, world.spaces["reseau"], ["commented"], ["page"],
    )  # fmt: skip
    for address in ("/spaces/reseau/webhooks/", webhook.get_absolute_url(), f"/webhooks/{webhook.pk}/edit/"):
        shown = marc.get(address).content.decode()
        assert "Suivi de chantier" in shown
        assert secret not in shown


@pytest.mark.parametrize(
    "address",
    [
        "ftp://hooks.example/", "http://hooks.example/", "https://hooks.example:22/", "https://10.0.0.8/",
        "https://[::1]/", "https://awa:secret@hooks.example/", "pas une adresse", "https://hooks.example:port/",
        "https://localhost/", "https://suivi.localhost./",
    ],
)  # fmt: skip
def test_an_address_that_could_never_be_told_is_refused_with_a_sentence(address, marc):
    answer = marc.post("/spaces/reseau/webhooks/new/", FORM | {"address": address})
    assert answer.status_code == 422
    assert 'class="err"' in answer.content.decode()
    assert not Webhook.objects.exists()


def test_an_address_inside_is_said_to_be_so_whatever_its_port(marc):
    answer = marc.post("/spaces/reseau/webhooks/new/", FORM | {"address": "http://127.0.0.1:8080/hear"})
    assert "Cette adresse est à l’intérieur d’un réseau" in answer.content.decode()


def test_what_the_operator_opened_may_be_told_without_a_certificate(marc, settings):
    settings.PALABRE_OUTBOUND_ALLOW = ["suivi.local:8080", "10.20.0.0/16", "localhost:9000"]
    for address in ("http://suivi.local:8080/", "http://10.20.3.4/", "http://localhost:9000/"):
        assert marc.post("/spaces/reseau/webhooks/new/", FORM | {"address": address}).status_code == 200
    assert Webhook.objects.count() == 3


def test_each_change_stands_in_the_journal_of_rights(world, marc, hook):
    webhook, _secret = hook("reseau")
    marc.post(f"/webhooks/{webhook.pk}/edit/", FORM)
    marc.post(f"/webhooks/{webhook.pk}/secret/")
    marc.post(f"/webhooks/{webhook.pk}/disabling/")
    marc.post(f"/webhooks/{webhook.pk}/disabling/", {"undo": "1"})
    marc.post(f"/webhooks/{webhook.pk}/removal/")
    verbs = ["made", "changed", "secret_changed", "disabled", "enabled", "removed"]
    assert [*Event.objects.filter(verb__startswith="webhook").order_by("pk").values_list("verb", flat=True)] == [
        f"webhook_{verb}" for verb in verbs
    ]
    shown = marc.get("/spaces/reseau/rights/").content.decode()
    assert "a donné un nouveau secret à un webhook\u00a0: Suivi de chantier." in shown
    assert not Webhook.objects.exists()


def test_each_thing_about_one_can_be_changed_and_what_is_refused_changes_nothing(world, marc, hook, receiver):
    webhook, _secret = hook("reseau", verbs=["published"], kinds=["post"])
    edit = f"/webhooks/{webhook.pk}/edit/"
    assert receiver.address in marc.get(edit).content.decode()
    changed = FORM | {"verbs": ["commented", "edited"], "kinds": ["page", "idea"]}
    refused = marc.post(edit, changed | {"address": "https://10.0.0.8/"})
    assert refused.status_code == 422
    assert "Suivi de chantier" in refused.content.decode(), "what was typed is there still"
    webhook.refresh_from_db()
    assert (webhook.name, webhook.address, webhook.verbs) == ("Suivi", receiver.address, ["published"])
    assert marc.post(edit, changed, follow=True).redirect_chain[0][0] == webhook.get_absolute_url()
    webhook.refresh_from_db()
    assert {"name": webhook.name, "address": webhook.address} == FORM
    assert (set(webhook.verbs), set(webhook.kinds)) == ({"commented", "edited"}, {"page", "idea"})
    marc.post(edit, changed | {"name": "Autre nom"})
    marc.post(edit, changed | {"name": "Autre nom"})
    told = Event.objects.filter(verb="webhook_changed").order_by("pk")
    assert [sorted(each.particulars["fields"]) for each in told] == [["address", "kinds", "name", "verbs"], ["name"]]
    assert {(each.by, each.space) for each in told} == {(world.marc.pk, webhook.space_id)}


def test_all_events_is_one_gesture_and_some_of_them_are_chosen_under_their_headings(marc):
    shown = marc.get("/spaces/reseau/webhooks/new/").content.decode()
    assert re.search(r'name="which_verbs" value="all"[^>]*checked', shown)
    assert re.search(
        r"Idées</b>.*?value=\"idea_moved\".*?Questions</b>.*?value=\"question_answered\"", shown, re.DOTALL
    )
    assert 'value="messaged"' not in shown and 'value="conversation"' not in shown, "they are told to no webhook"
    some = FORM | {"which_verbs": "some", "which_kinds": "all", "kinds": ["page"]}
    refused = marc.post("/spaces/reseau/webhooks/new/", some)
    assert refused.status_code == 422 and "Cochez au moins une case" in refused.content.decode()
    assert marc.post("/spaces/reseau/webhooks/new/", some | {"verbs": ["edited"]}).status_code == 200
    assert Webhook.objects.values_list("verbs", "kinds").get() == (["edited"], [])
    edit = f"/webhooks/{Webhook.objects.get().pk}/edit/"
    assert "<span>1</span> sur 12" in marc.get(edit).content.decode()
    marc.post(edit, some | {"which_verbs": "all", "verbs": ["edited"]})
    assert Webhook.objects.get().verbs == []


def test_nothing_secret_stands_in_the_journal(marc, hook):
    webhook, secret = hook("reseau")
    marc.post(f"/webhooks/{webhook.pk}/secret/")
    webhook.refresh_from_db()
    told = " ".join(str(event.particulars) for event in Event.objects.filter(verb__startswith="webhook"))
    assert secret not in told
    assert webhook.secret not in told


def test_whoever_enables_it_answers_for_it(world, sign_in, hook):
    webhook, _secret = hook("reseau")
    webhook.disable(Why.FAILING)
    sign_in(world.idrissa).post(f"/webhooks/{webhook.pk}/disabling/", {"undo": "1"})
    webhook.refresh_from_db()
    assert (webhook.keeper, webhook.disabled_at, webhook.failing_since) == (world.idrissa, None, None)


def test_the_log_shows_what_failed_and_sends_it_again(world, marc, hook, receiver, carry, later, page):
    webhook, secret = hook("reseau", verbs=["commented"])
    receiver.status = 400
    Comment.say(page, world.coumba, "Bien.")
    carry()
    Delivery.objects.update(state=State.FAILED)
    shown = marc.get(f"{webhook.get_absolute_url()}?show=failed").content.decode()
    assert "400" in shown
    assert "Le plan" in shown
    receiver.status = 200
    marc.post(f"/webhooks/{webhook.pk}/resending/", {"since": "hour"})
    later()
    carry()
    assert [*webhook.deliveries.values_list("state", "tries")] == [(State.DELIVERED, 1)]
    assert len(set(receiver.messages)) == 1
    assert len(receiver.verified(secret)) == 2
    assert "Rien n’a échoué." in marc.get(f"{webhook.get_absolute_url()}?show=failed").content.decode()


def test_one_delivery_shows_what_was_sent_and_what_came_back_and_is_sent_again(
    world, marc, hook, receiver, carry, page
):
    webhook, _secret = hook("reseau", verbs=["commented"])
    Comment.say(page, world.coumba, "Le câble est posé.")
    carry()
    delivery = webhook.deliveries.get()
    shown = marc.get(delivery.get_absolute_url()).content.decode()
    assert "Le câble est posé." in shown
    assert "heard." in shown
    assert delivery.message in shown
    marc.post(f"{delivery.get_absolute_url()}resending/")
    carry()
    assert receiver.messages == [delivery.message] * 2


def test_what_waits_for_its_next_attempt_is_sent_now(world, marc, hook, receiver, carry, page):
    webhook, _secret = hook("reseau", verbs=["commented"])
    receiver.status = 503
    Comment.say(page, world.coumba, "Le câble est posé.")
    carry()
    delivery = webhook.deliveries.get()
    Delivery.objects.update(due_at=delivery.made_at + timedelta(hours=5))
    Webhook.objects.update(rests_until=delivery.made_at + timedelta(minutes=5))
    shown = marc.get(delivery.get_absolute_url()).content.decode()
    assert "L’envoyer maintenant" in shown
    delivery.refresh_from_db()
    for moment in (delivery.due_at, delivery.attempts.get().at):  # day and hour, whichever day it is read
        with timezone.override(world.marc.time_zone), translation.override("fr"):
            assert times.in_full(moment) in strip(shown)
    receiver.status = 200
    marc.post(f"{delivery.get_absolute_url()}resending/")
    carry()
    delivery.refresh_from_db()
    assert delivery.state == State.DELIVERED
    assert set(receiver.messages) == {delivery.message}


def test_what_went_out_of_sight_is_not_shown_in_the_log(world, marc, hook, receiver, carry, page):
    webhook, _secret = hook("reseau", verbs=["commented"])
    Comment.say(page, world.coumba, "Le câble est posé.")
    carry()
    lifecycle.move(page, world.marc, world.spaces["direction"])
    world.spaces["direction"].dismiss(world.marc, world.nadia)
    for address in (webhook.get_absolute_url(), webhook.deliveries.get().get_absolute_url()):
        shown = marc.get(address).content.decode()
        assert "Le câble" not in shown
        assert "Le plan" not in shown


def test_nothing_is_sent_again_to_one_that_is_disabled(world, marc, hook, receiver, carry, page):
    webhook, _secret = hook("reseau", verbs=["commented"])
    Comment.say(page, world.coumba, "Bien.")
    carry()
    webhook.disable(Why.PAUSED, world.marc)
    marc.post(f"/webhooks/{webhook.pk}/resending/")
    marc.post(f"{webhook.deliveries.get().get_absolute_url()}resending/")
    carry()
    assert len(receiver.heard) == 1


def test_a_test_shows_how_it_went(marc, hook, receiver):
    webhook, _secret = hook("reseau")
    receiver.status = 503
    answer = marc.post(f"/webhooks/{webhook.pk}/test/", follow=True)
    assert "503" in answer.content.decode()
    assert len(receiver.heard) == 1


def test_administrators_are_told_on_their_front_page_of_what_was_given_up(world, sign_in, hook):
    webhook, _secret = hook(None)
    tom = sign_in(world.tom)
    assert "ont été abandonnés" not in tom.get("/").content.decode()
    webhook.disable(Why.FAILING)
    assert "ont été abandonnés" in tom.get("/").content.decode()
    assert "ont été abandonnés" not in sign_in(world.marc).get("/").content.decode()


def test_a_long_log_comes_in_pages(world, marc, hook):
    webhook, _secret = hook("reseau")
    Delivery.objects.bulk_create(Delivery(webhook=webhook, event=n, type="item.edited") for n in range(70))
    seen, address = [], webhook.get_absolute_url()
    while address:
        answer = marc.get(address)
        seen += [each.pk for each in answer.context["page"]]
        after = answer.context["page"].next
        address = f"{webhook.get_absolute_url()}?after={after}" if after else ""
    assert seen == [*webhook.deliveries.order_by("-pk").values_list("pk", flat=True)]
