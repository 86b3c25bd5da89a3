"""Axe on the main pages, in every look; and the journeys that must go by keyboard alone."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from palabre.authoring.writing import publish, revise
from palabre.conversations.models import Conversation
from palabre.feeds.models import Token
from palabre.feeds.sources import Source
from palabre.journal.models import Event
from palabre.mail.lists import List
from palabre.push.models import Device
from palabre.search.models import SavedSearch
from palabre.signals import filling
from palabre.signals.models import Follow, Level
from palabre.tags.models import Tag
from palabre.talk.models import Comment
from palabre.webhooks.models import Webhook
from tests.browser.conftest import too_wide, unfold

TEXT = """\
J’ai suivi **douze raccordements**, de la demande au premier octet. #fibre

## Où passent les jours

| Étape | Jours |
|---|---|
| Accord du syndic | 7 |

- [x] prévenir le client
- [ ] rappeler le syndic, voir [[Lettre au syndic]]

> [!WARNING]
> Ne jamais percer sans plan.

## Et ensuite

Lire l’[étude](https://example.org/etude) et le `plan`.[^1]

[^1]: De janvier à mars.
"""


@pytest.fixture
def page_of_fibre(world, site):
    """A page with all that a page may carry, in a space with readers outside."""
    item = publish("page", world.spaces["installateurs"], world.marc, "Raccorder un client", TEXT, tags=["terrain"])
    revise(item, world.marc, item.title, TEXT + "\nUne ligne de plus.\n", based_on=1)
    item.refresh_from_db()
    Comment.say(item, world.tidiane, "Côté terrain, le créneau n’est pas le problème.")
    Tag.objects.made(["coupures"])["coupures"].put_on(item, world.marc)
    Comment.say(item, world.marc, f"Et le regard, @{world.awa.handle} ?")
    filling.tell(list(Event.objects.order_by("pk")))
    publish("post", world.spaces["installateurs"], world.tidiane, "Un mot du terrain", "Voir [[Raccorder un client]].")
    return item


@pytest.fixture
def told(world, page_of_fibre, settings):
    """Marc hears of things in every way there is; the addresses where he reads it, and says how much he wants."""
    settings.EMAIL_HOST = "mail.example"
    conversation = Conversation.objects.start(world.awa, [world.marc, world.coumba], name="Le chantier de Thiès")
    conversation.say(world.marc, "Qui prend la **nacelle** ?")
    conversation.say(world.awa, f"Moi, @{world.marc.handle}. Voir [[Raccorder un client]].")
    search = SavedSearch.objects.create(person=world.marc, name="Les syndics", text="syndic")
    Follow.objects.create(person=world.marc, search=search, level=Level.ALL)
    follow, _made = Follow.objects.update_or_create(
        person=world.marc, space=world.spaces["reseau"], defaults={"level": Level.ALL}
    )
    Token.give(world.marc, Source.of("space", slug="reseau"), "Le réseau, dans mon lecteur")
    phone = Client()
    phone.force_login(world.marc)
    session = phone.session.session_key
    Device.objects.create(
        person=world.marc, session_id=session, name="Firefox, Android", endpoint="https://push.example/1"
    )
    hook, _secret = Webhook.objects.make(
        world.marc, world.spaces["reseau"], name="Suivi", address="https://hooks.example/"
    )
    filling.tell(list(Event.objects.order_by("pk")))
    return [
        "/",
        "/?show=followed",
        "/inbox/",
        "/following/",
        "/search/?q=raccorder",
        "/search/",
        "/conversations/",
        "/conversations/new/",
        conversation.item.get_absolute_url(),
        "/account/attention/",
        "/devices/",
        "/offline/",
        "/feeds/",
        "/feeds/elsewhere/?of=/feeds/spaces/reseau",
        f"/mail/stop/{List.of(world.marc, None, follow).token}/",
        "/spaces/reseau/webhooks/new/",
        hook.get_absolute_url(),
    ]


def main_pages(world, item) -> list[str]:
    """The addresses a person meets in a day."""
    return [
        "/?show=all",
        "/spaces/",
        "/spaces/installateurs/",
        item.get_absolute_url(),
        f"/items/{item.pk}/edit/",
        f"/items/{item.pk}/history/",
        f"/items/{item.pk}/audience/",
        "/write/?kind=page",
        "/write/drafts/",
        "/people/",
        world.tidiane.get_absolute_url(),
        "/inbox/",
        "/following/",
        "/tags/",
        "/tags/fibre/",
        "/search/?q=raccorder",
        "/guide/search/",
    ]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_on_the_main_pages(visit, world, page_of_fibre, told, faults, width, dark):
    page = visit("/guide/", world.marc, width=width, dark=dark)
    assert faults(page, (*main_pages(world, page_of_fibre), *told), unfold) == {}


@pytest.mark.parametrize("address", ["/account/login/", "/account/password/reset/"])
def test_axe_finds_nothing_at_the_door(visit, violations, address):
    assert violations(visit(address, width=390)) == []


def test_no_main_page_scrolls_sideways_at_320(chromium, visit, world, page_of_fibre, told):
    page = visit("/guide/", world.marc, width=320)
    assert too_wide(page, (*main_pages(world, page_of_fibre), *told), unfold) == []


def test_no_page_scrolls_sideways_whatever_the_length_of_a_name(visit, world):
    item = publish("page", world.spaces["maison"], world.awa, "A" * 200, "t" * 300)
    world.coumba.name = "Abdoulaye-Maximilien-Ferdinand Gning-Tavares de la Rochefoucauld-Liancourt"
    world.coumba.save()
    addresses = [
        world.coumba.get_absolute_url(),
        item.get_absolute_url(),
        f"/items/{item.pk}/links/",
        "/search/?q=zzzz",
    ]
    page = visit("/guide/", world.marc, width=390)
    assert too_wide(page, addresses, unfold) == []


def reach(page, selector: str, limit: int = 90) -> None:
    """Tabs until the focus is on what matches; so it can be reached without a mouse."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector} on {page.url}")


def test_one_comments_by_keyboard_alone(visit, world, page_of_fibre):
    page = visit(page_of_fibre.get_absolute_url(), world.marc)
    reach(page, "textarea[name=body]")
    page.keyboard.type("Bien vu, merci.")
    reach(page, "button:not([type=button]), button.primary", limit=8)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bien vu, merci.")).to_be_visible()


def test_one_searches_by_keyboard_alone(visit, world, page_of_fibre):
    page = visit("/guide/", world.marc)
    page.wait_for_selector("key-map:defined", state="attached")
    page.keyboard.press("Control+k")
    expect(page.locator("dialog[open] input")).to_be_focused()
    page.keyboard.type("Raccorder")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")


def test_one_tags_by_keyboard_alone(visit, world, page_of_fibre):
    page = visit(page_of_fibre.get_absolute_url(), world.marc)
    reach(page, ".tag-bar .suggest")
    page.keyboard.press("Enter")
    expect(page.locator(".tag-bar [name=names]")).to_be_focused()
    page.keyboard.type("chantier")
    page.keyboard.press("Enter")
    expect(page.locator("a.tag", has_text="chantier")).to_be_visible()


def test_one_writes_by_keyboard_alone(visit, world, page_of_fibre):
    page = visit("/write/?kind=post&space=reseau", world.marc)
    reach(page, "[name=title]")
    page.keyboard.type("Ce que j’ai vu à Thiès")
    reach(page, "[name=body]")
    page.keyboard.type("Rien que du sable.")
    reach(page, "button[value^=publish]", limit=200)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ce que j’ai vu à Thiès")).to_be_visible()


def test_what_one_hears_of_is_chosen_by_keyboard_alone(visit, world, told):
    page = visit("/", world.marc)
    reach(page, "#extent a[href='/?show=followed']", limit=60)
    page.keyboard.press("Enter")
    expect(page.locator("#extent [aria-current=page]")).to_have_text("Suivis")
    page.goto("/search/?q=raccorder")
    reach(page, ".keep-search summary")
    page.keyboard.press("Enter")
    reach(page, "#search-name", limit=1)
    reach(page, "#search-level", limit=1)
    reach(page, ".keep-search button.primary", limit=1)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert SavedSearch.objects.filter(person=world.marc, text="raccorder").exists()


@pytest.mark.parametrize(
    ("address", "selector"),
    [
        ("/account/attention/", "main form button.primary"),
        ("/devices/", "form[action$='/trial/'] button"),
        ("/offline/", "[data-again]"),
        ("/feeds/", "form[action$='/revocation/'] button"),
        ("/conversations/new/", "main button.primary"),
    ],
)
def test_the_keyboard_reaches_what_one_came_for(visit, world, told, address, selector):
    page = visit(address, world.marc)
    reach(page, selector)
    assert page.evaluate("document.activeElement.matches(':focus-visible')")
