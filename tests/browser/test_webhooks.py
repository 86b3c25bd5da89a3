"""Webhooks in a browser: no fault of access in any look, no sideways scroll, and one is made by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from palabre.authoring.writing import publish
from palabre.journal.models import Event
from palabre.webhooks import following
from palabre.webhooks.models import Attempt, State, Webhook, Why
from tests.browser.conftest import too_wide

LONG = "https://hooks.example/" + "un-chemin-qui-ne-finit-pas/" * 15


@pytest.fixture
def webhook(world, site):
    """One that was given up, with a long address and a log in which all states stand."""
    made, _secret = Webhook.objects.make(
        world.marc, world.spaces["reseau"], name="Suivi " * 13, address=LONG, verbs=["published"]
    )
    for state in State.values:
        publish("page", world.spaces["reseau"], world.coumba, f"Une page : {state}", "Un texte.")
    following.tell(list(Event.objects.order_by("pk")))
    for delivery, state in zip(made.deliveries.order_by("pk"), State.values, strict=True):
        delivery.state, delivery.body = state, '{"type": "item.published", "data": {"event": 1}}'
        delivery.save()
        Attempt.objects.create(
            delivery=delivery, at=delivery.made_at, milliseconds=12, status=500, answer="<b>Panne</b> " * 40
        )
    return made


def pages(webhook) -> list[str]:
    log = webhook.deliveries.order_by("pk")
    return [
        "/spaces/reseau/settings/",
        webhook.home,
        "/spaces/reseau/webhooks/new/",
        webhook.get_absolute_url(),
        f"{webhook.get_absolute_url()}?show=failed",
        f"{webhook.get_absolute_url()}edit/",
        *(each.get_absolute_url() for each in log),
    ]


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)])
def test_axe_finds_nothing_on_pages_of_webhooks(visit, world, webhook, faults, width, dark):
    page = visit("/guide/", world.marc, width=width, dark=dark)
    assert faults(page, pages(webhook)) == {}
    webhook.disable(Why.FAILING)
    assert faults(page, [webhook.get_absolute_url()]) == {}


def test_no_page_of_webhooks_scrolls_sideways_at_320(visit, world, webhook):
    page = visit("/guide/", world.marc, width=320)
    assert too_wide(page, pages(webhook)) == []


def test_one_is_made_by_keyboard_alone(visit, world, site):
    page = visit("/spaces/reseau/webhooks/new/", world.marc)
    page.get_by_label("Nom", exact=True).focus()
    page.keyboard.type("Tableau")
    page.keyboard.press("Tab")
    page.keyboard.type("https://hooks.example/tableau")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    for key in ("Tab", "Enter", "Tab", "Tab", "Space"):  # opens the first heading, passes by all of it, takes one
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Secret", exact=True)).to_have_value(re.compile("^whsec_"))
    made = Webhook.objects.get()
    assert (made.name, made.verbs) == ("Tableau", ["published"])


def test_all_events_under_a_heading_are_taken_at_once_and_counted(visit, world, site):
    page = visit("/spaces/reseau/webhooks/new/", world.marc)
    group = page.locator("pick-group").filter(has_text="Fichiers et étiquettes")
    expect(group).to_be_hidden()
    page.get_by_label("Seulement certains évènements").check()
    group.locator("summary").click()
    group.get_by_label("Tous ceux-ci").check()
    expect(group.locator("small")).to_have_text("4 sur 4")
    group.get_by_label("Étiquetage", exact=True).uncheck()
    expect(group.locator("small")).to_have_text("3 sur 4")
    expect(group.get_by_label("Tous ceux-ci")).not_to_be_checked()
