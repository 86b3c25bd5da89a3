"""Axe on the main pages, in every look; and the journeys that must go by keyboard alone."""

import pytest
from playwright.sync_api import expect

from palabre.authoring.writing import publish, revise
from palabre.journal.models import Event
from palabre.signals import filling
from palabre.tags.models import Tag
from palabre.talk.models import Comment

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
def test_axe_finds_nothing_on_the_main_pages(visit, world, page_of_fibre, violations, width, dark):
    page = visit("/guide/", world.marc, width=width, dark=dark)
    found = {}
    for address in main_pages(world, page_of_fibre):
        answer = page.goto(address)
        assert answer.status == 200, address
        if wrong := violations(page):
            found[address] = wrong
    assert found == {}


@pytest.mark.parametrize("address", ["/account/login/", "/account/password/reset/"])
def test_axe_finds_nothing_at_the_door(visit, violations, address):
    assert violations(visit(address, width=390)) == []


def test_no_main_page_scrolls_sideways_at_320(chromium, visit, world, page_of_fibre):
    page = visit("/guide/", world.marc, width=320)
    wide = []
    for address in main_pages(world, page_of_fibre):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(address)
    assert wide == []


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
