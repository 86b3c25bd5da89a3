"""Hearing: a webhook is told of what its keeper may see, where it stands, once; and of nothing else."""

import pytest
from django.db import transaction

from palabre.authoring import lifecycle
from palabre.authoring.drafting import Content, keep
from palabre.authoring.writing import publish, revise
from palabre.items.models import Item, State
from palabre.spaces.models import Role
from palabre.tags.models import Tag
from palabre.talk.models import Comment
from palabre.webhooks import following, vocabulary
from palabre.webhooks.models import Delivery, Place, Why


def told(webhook):
    return [*webhook.deliveries.order_by("pk").values_list("type", "item")]


def test_a_webhook_of_a_space_hears_of_that_space_only(world, hook, tell):
    webhook, _secret = hook("reseau")
    page = publish("page", world.spaces["reseau"], world.coumba, "Ici", "Texte.")
    publish("page", world.spaces["maison"], world.coumba, "Ailleurs", "Texte.")
    tell()
    assert told(webhook) == [("item.published", page.pk)]


def test_a_webhook_of_the_company_hears_of_what_the_house_reads_and_of_no_team(world, hook, tell):
    webhook, _secret = hook(None)
    world.spaces["direction"].welcome(world.tom, Role.READER, world.nadia)
    open_page = publish("page", world.spaces["maison"], world.coumba, "Pour tous", "Texte.")
    publish("page", world.spaces["direction"], world.nadia, "Entre nous", "Texte.")
    tell()
    assert told(webhook) == [("item.published", open_page.pk)]


def test_it_hears_of_chosen_verbs_and_kinds_only(world, hook, tell):
    webhook, _secret = hook("reseau", verbs=["commented"], kinds=["post"])
    page = publish("page", world.spaces["reseau"], world.coumba, "Page", "Texte.")
    post = publish("post", world.spaces["reseau"], world.coumba, "Billet", "Texte.")
    for item in (page, post):
        Comment.say(item, world.marc, "Bien.")
    tell()
    assert told(webhook) == [("item.commented", post.pk)]


def test_drafts_and_what_happens_to_them_are_never_told(world, hook, tell):
    webhook, _secret = hook("reseau", by=world.marc)
    space = world.spaces["reseau"]
    draft = publish("page", space, world.marc, "Brouillon", "Texte.", state=State.DRAFT)
    Tag.objects.made(["fibre"])["fibre"].put_on(draft, world.marc)
    lifecycle.trash(draft, world.marc)
    lifecycle.restore(draft, world.marc)
    lifecycle.move(draft, world.marc, world.spaces["maison"])
    lifecycle.move(draft, world.marc, space)
    keep(world.marc, Content("page", "Autre", "Un brouillon.", space))
    tell()
    assert told(webhook) == []


@pytest.mark.parametrize(
    ("verb", "vanish"),
    [
        ("trashed", lambda world, item: lifecycle.trash(item, world.marc)),
        ("withdrawn", lambda world, item: lifecycle.withdraw(item, world.coumba)),
        ("moved", lambda world, item: lifecycle.move(item, world.marc, world.spaces["direction"])),
    ],
)
def test_of_what_went_out_of_sight_only_the_number_is_told(verb, vanish, world, hook, receiver, carry):
    webhook, secret = hook("reseau")
    page = publish("page", world.spaces["reseau"], world.coumba, "Le xylophage", "Texte.")
    carry()
    receiver.heard.clear()
    vanish(world, page)
    carry()
    (message,) = receiver.verified(secret)
    assert message["type"] == f"item.{verb}"
    assert message["data"]["item"] == {"id": page.pk, "kind": "page", "gone": True}
    assert b"xylophage" not in receiver.heard[0][2]
    assert webhook.deliveries.count() == 2


def test_what_was_only_scheduled_and_is_withdrawn_is_not_told(world, hook, tell):
    from datetime import timedelta

    from palabre.kit.clock import now

    webhook, _secret = hook("reseau")
    draft = publish("page", world.spaces["reseau"], world.marc, "Demain", "Texte.", state=State.DRAFT)
    lifecycle.schedule(draft, world.marc, now() + timedelta(days=1))
    lifecycle.withdraw(Item.objects.get(pk=draft.pk), world.marc)
    tell()
    assert told(webhook) == []


def test_what_happened_before_it_was_made_or_while_it_was_disabled_is_not_told(world, hook, tell):
    webhook, _secret = hook("reseau")
    page = publish("page", world.spaces["reseau"], world.coumba, "Page", "Texte.")
    webhook.since = page.created_at.replace(year=page.created_at.year + 1)
    webhook.save()
    tell()
    assert told(webhook) == []
    webhook.disable(Why.PAUSED, world.marc)
    revise(page, world.coumba, "Page", "Autre texte.", based_on=1)
    tell()
    assert told(webhook) == []


def test_one_event_is_one_delivery_however_often_it_is_read(world, hook, tell):
    from palabre.journal.models import Event

    webhook, _secret = hook("reseau")
    publish("page", world.spaces["reseau"], world.coumba, "Page", "Texte.")
    tell()
    following.tell(list(Event.objects.order_by("pk")))
    assert webhook.deliveries.count() == webhook.deliveries.values("event").distinct().count() == 1


def test_who_lost_the_right_to_keep_it_keeps_it_no_more_and_the_stewards_are_told(world, hook, tell):
    from palabre.journal.concerning import concerned
    from palabre.journal.models import Event

    webhook, _secret = hook("reseau", by=world.marc)
    world.spaces["reseau"].place(world.marc, Role.READER, world.idrissa)
    publish("page", world.spaces["reseau"], world.coumba, "Page", "Texte.")
    tell()
    webhook.refresh_from_db()
    assert (webhook.disabled_why, told(webhook)) == (Why.KEEPER, [])
    event = Event.objects.get(verb="webhook_given_up")
    assert {world.idrissa.pk, world.marc.pk} <= concerned([event])[event.pk].keys()


def test_who_left_keeps_none_even_if_nothing_else_happens(world, hook, tell):
    webhook, _secret = hook("reseau", by=world.marc)
    world.marc.leave(world.tom)
    tell()
    webhook.refresh_from_db()
    assert webhook.disabled_why == Why.KEEPER


def test_many_events_cost_no_more_questions_than_one(world, hook, tell, django_assert_max_num_queries):
    hook("reseau")
    page = publish("page", world.spaces["reseau"], world.coumba, "Page", "Texte.")
    for number in range(40):
        Comment.say(page, world.marc, f"Bien {number}.")
    with django_assert_max_num_queries(9):
        tell()
    assert Delivery.objects.count() == 41


def test_what_concerns_no_webhook_asks_who_there_are_and_nothing_more(world, hook, tell, django_assert_max_num_queries):
    hook("reseau")
    publish("page", world.spaces["maison"], world.coumba, "Page", "Texte.")
    with django_assert_max_num_queries(2):
        tell()


def test_a_guest_who_stewards_a_space_gives_nothing_away(world):
    from palabre.kit.policy import may

    world.spaces["installateurs"].welcome(world.tidiane, Role.STEWARD, world.marc)
    assert may(world.tidiane, "space.steward", world.spaces["installateurs"])
    assert not may(world.tidiane, "webhook.keep", world.spaces["installateurs"])


def test_every_verb_that_can_be_told_has_words_in_both_languages():
    from django.utils import translation

    with translation.override("fr"):
        french = vocabulary.verbs()
    with translation.override("en"):
        english = vocabulary.verbs()
    assert french.keys() == english.keys()
    assert [name for name in french if french[name] == english[name]] == []


@pytest.mark.django_db(transaction=True)
def test_the_place_in_the_log_moves_with_the_deliveries(world, hook):
    from procrastinate.contrib.django.models import ProcrastinateJob

    webhook, _secret = hook("reseau")
    with transaction.atomic():
        Place.take()
    publish("page", world.spaces["reseau"], world.coumba, "Page", "Texte.")
    assert following.catch_up() >= 1
    assert following.catch_up() == 0
    assert Delivery.objects.filter(webhook=webhook).count() == 1
    job = ProcrastinateJob.objects.get(task_name="webhooks.deliver")
    assert job.args == {"webhook": webhook.pk}
