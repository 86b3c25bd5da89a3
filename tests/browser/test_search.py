"""Searching in a browser: by keyboard alone, without script, and as axe wants it."""

import pytest
from playwright.sync_api import expect

from palabre.authoring.writing import publish
from tests.search.conftest import index  # noqa: F401

LOOKS = [(width, dark) for width in (1440, 390) for dark in (False, True)]


@pytest.fixture
def library(site, world, index):  # noqa: F811
    for number in range(12):
        space = world.spaces["maison" if number % 2 else "le-fil"]
        text = f"Un nénuphar #bassin, numéro {number}. Il flotte sur l’eau du bassin."
        publish("post" if number % 3 else "page", space, world.coumba, f"Nénuphar {number}", text)
    index()
    return world


def test_one_searches_by_keyboard_alone(visit, library):
    page = visit("/", library.awa)
    page.locator("search-palette:defined").wait_for(state="attached")
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.type("nénup")
    options = page.locator("[role=option]")
    expect(options).to_have_count(7)
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=n%C3%A9nup")
    page.locator("search-palette:defined").wait_for(state="attached")
    page.keyboard.press("Control+k")
    page.keyboard.press("Backspace")
    expect(page.locator("[role=option]")).to_have_text(["nénup"])
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_shift_enter_searches_for_the_words_though_a_suggestion_is_chosen(visit, library):
    page = visit("/", library.awa)
    page.locator("search-palette:defined").wait_for(state="attached")
    page.keyboard.press("Control+k")
    page.keyboard.type("nénup")
    page.locator("[role=option][aria-selected]").wait_for()
    expect(page.locator("[data-everywhere] kbd")).to_have_text("Maj Entrée")
    page.keyboard.press("Shift+Enter")
    page.wait_for_url("**/search/?q=n%C3%A9nup")


def test_what_looks_like_it_is_named_below_the_title_while_one_writes(visit, library, violations):
    page = visit("/write/?kind=idea&space=maison", library.awa, width=390)
    box = page.locator("textarea.source").bounding_box()
    page.fill("[name=title]", "Nénuphar du bassin")
    line = page.locator(".alike")
    expect(line).to_contain_text("Cela y ressemble")
    expect(line.locator("a").first).to_contain_text("Nénuphar")
    expect(line).to_contain_text("et 4 autres textes")
    assert page.locator("textarea.source").bounding_box()["y"] == box["y"]  # no text jumps
    assert violations(page) == []
    line.locator("a").last.click()
    expect(page.locator("#similar")).to_be_in_viewport()


def test_enter_goes_by_the_words_in_the_box_whatever_is_listed(visit, library):
    page = visit("/", library.awa)
    page.locator("search-palette:defined").wait_for(state="attached")
    page.keyboard.press("/")
    page.keyboard.type("nénup")
    expect(page.locator("[role=option]").first).to_have_attribute("aria-selected", "true")
    # A refusal of the server would stand in the console, where no page may complain.
    refused = "window.refuse = () => answer(new Response('', { status: 503 }))"
    page.evaluate(f"() => {{ window.fetch = () => new Promise((answer) => {{ {refused}; }}); }}")
    page.keyboard.insert_text("hars")
    expect(page.locator("[role=option][aria-selected]")).to_have_count(0)
    page.wait_for_function("() => Boolean(window.refuse)")
    page.evaluate("() => window.refuse()")
    expect(page.locator("[role=option]")).to_have_count(1)
    expect(page.locator("[role=option]")).to_contain_text("nénuphars")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=n%C3%A9nuphars")


def test_recent_searches_are_their_persons_own(visit, library):
    page = visit("/search/?q=nénuphar", library.awa)
    page.locator("search-palette:defined").wait_for(state="attached")
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('palabre.searches'))"
    assert page.evaluate(kept) == [f"palabre.searches.{library.awa.pk}"]
    page.context.clear_cookies()
    page.goto(page.url)
    page.locator("search-palette:defined").wait_for(state="attached")
    assert page.evaluate(kept) == []


def test_a_filter_narrows_at_once_and_the_address_keeps_it(visit, library):
    page = visit("/search/?q=nénuphar", library.awa)
    expect(page.locator("article.item")).to_have_count(10)
    page.locator("search-facets:defined").wait_for()
    page.get_by_role("checkbox", name="Page").focus()
    page.keyboard.press("Space")
    expect(page.locator("article.item")).to_have_count(4)
    assert "kind=page" in page.url
    expect(page.get_by_role("checkbox", name="Page")).to_be_focused()
    page.get_by_role("link", name="Plus récents").click()
    expect(page.locator("article.item")).to_have_count(4)
    assert "kind=page" in page.url and "sort=newest" in page.url


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_filters_stand_in_a_sheet_and_narrow_when_it_closes(visit, library, violations, script):
    page = visit("/search/?q=nénuphar", library.awa, width=390, script=script)
    expect(page.get_by_role("checkbox", name="Page")).to_be_hidden()
    page.get_by_role("button", name="Filtres").click()
    page.get_by_role("checkbox", name="Page").check()
    page.get_by_role("radio", name="Plus récents").check()
    if script:
        assert violations(page) == []
        assert "kind=page" not in page.url
        page.keyboard.press("Escape")
    else:
        page.get_by_role("button", name="Appliquer").click()
    expect(page.locator("article.item")).to_have_count(4)
    assert "kind=page" in page.url and "sort=newest" in page.url
    expect(page.get_by_role("button", name="Filtres 1")).to_be_visible()


def test_everything_works_without_script(visit, library):
    page = visit("/", library.awa, script=False)
    page.locator("a.find").click()
    page.get_by_role("searchbox").fill("nénuphar")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator("article.item")).to_have_count(10)
    page.get_by_role("checkbox", name="Page").check()
    page.get_by_role("button", name="Appliquer").click()
    expect(page.locator("article.item")).to_have_count(4)


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_on_search(visit, library, violations, width, dark):
    for path in ("/search/?q=nénuphar", "/search/", "/search/?q=nenufar", "/search/?q=zzz"):
        assert violations(visit(path, library.awa, width=width, dark=dark)) == []
    assert violations(visit("/search/missing/", library.marc, width=width, dark=dark)) == []


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_on_the_palette(visit, library, violations, width, dark):
    page = visit("/", library.awa, width=width, dark=dark)
    page.locator("search-palette:defined").wait_for(state="attached")
    page.keyboard.press("Control+k")
    page.keyboard.type("nénup")
    expect(page.locator("[role=option]")).to_have_count(7)
    assert violations(page) == []
