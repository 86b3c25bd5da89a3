"""The inbox in a browser: by keyboard from one thing to the next, and by the button on a page."""

import socket

import pytest
from playwright.sync_api import expect

from palabre.authoring.writing import publish
from palabre.journal.models import Event
from palabre.signals import filling
from palabre.signals.models import Entry, Follow, Level
from palabre.talk.models import Comment


@pytest.fixture
def commented(world, site):
    """Two pages of Awa's that Marc has commented on."""
    pages = [publish("page", world.spaces["maison"], world.awa, title, "Texte.") for title in ("Une page", "Une autre")]
    for page in pages:
        Comment.say(page, world.marc, f"À propos de « {page.title} ».")
    filling.tell(list(Event.objects.order_by("pk")))
    return pages


def test_things_are_read_put_off_and_done_by_keyboard(visit, world, commented):
    page = visit("/inbox/", world.awa)
    expect(page.locator("nav.rail live-count[name=inbox]")).to_have_text("2")
    page.keyboard.press("j")
    expect(page.locator(".signal").first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator(".signal").nth(1)).to_be_focused()
    page.keyboard.press("k")
    title = page.locator(".signal").first.locator("h3").inner_text()
    page.keyboard.press("d")
    expect(page.locator(".signal")).to_have_count(1)
    expect(page.locator("nav.rail live-count[name=inbox]")).to_have_text("1")
    assert Entry.objects.get(person=world.awa, done_at__isnull=False).item.title == title
    expect(page.locator(".signal").first).to_be_focused()  # the one that took its place
    page.keyboard.press("l")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Rien ne vous attend")).to_be_visible()
    assert Entry.objects.of(world.awa).put_off().count() == 1


def test_what_is_done_in_the_middle_of_a_long_inbox_leaves_one_where_one_was(visit, world, site):
    for number in range(24):
        publish("page", world.spaces["maison"], world.marc, f"Page {number}", f"Pour @{world.awa.handle}.")
    filling.tell(list(Event.objects.order_by("pk")))
    page = visit("/inbox/", world.awa)
    page.wait_for_selector("inbox-keys:defined")
    done = page.locator(".signal").nth(8).get_by_role("button", name="Fait")
    done.scroll_into_view_if_needed()
    page.evaluate("scrollBy({top: 200, behavior: 'instant'})")
    before = page.evaluate("scrollY")
    assert before > 0
    done.click()
    expect(page.locator(".signal")).to_have_count(23)
    page.wait_for_function("before => Math.abs(scrollY - before) < 2", arg=before)
    assert page.evaluate("document.activeElement === document.body"), "whoever points sees no ring"
    for _step in range(3):
        page.keyboard.press("j")
    page.keyboard.press("d")
    expect(page.locator(".signal")).to_have_count(22)
    expect(page.locator(".signal").nth(2)).to_be_focused()


def test_the_keys_of_the_inbox_are_listed_and_one_mutes_what_a_thing_came_by(visit, world, commented):
    page = visit("/inbox/", world.awa)
    page.wait_for_selector("inbox-keys:defined")
    page.keyboard.press("?")
    told = page.locator("#keys dt")
    expect(told.filter(has_text="Le faire taire")).to_be_visible()
    expect(told.filter(has_text="Boîte")).to_have_text("Boîte")  # without the number that stands beside it
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    title = page.locator(".signal").first.locator("h3").inner_text()
    page.keyboard.press("m")
    expect(page.locator("toast-list")).to_contain_text("Annuler")
    assert Follow.objects.get(person=world.awa, level=Level.MUTED).item.title == title
    expect(page.locator(".signal").first).to_be_focused()
    expect(page.locator(".signal").first.locator(".why")).to_contain_text("En sourdine")
    page.keyboard.press("m")
    expect(page.locator(".signal").first.locator(".why")).to_contain_text("Le faire taire")
    assert not Follow.objects.filter(person=world.awa, level=Level.MUTED).exists()


COMES = "document.querySelector('live-news').count({ inbox: 3 })"


def test_what_comes_stands_in_the_open_inbox_and_moves_nothing_under_ones_hands(visit, world, commented):
    def comes(title):
        item = publish("page", world.spaces["maison"], world.marc, title, f"Pour @{world.awa.handle}.")
        filling.tell(list(Event.objects.filter(item=item.pk)))
        page.evaluate(COMES)

    page = visit("/inbox/", world.awa)
    page.evaluate(
        "Promise.all(['live-list', 'live-news'].map((name) => customElements.whenDefined(name))).then(() => 0)"
    )
    comes("La première")
    expect(page.locator(".signal h3").first).to_have_text("La première")
    expect(page.locator(".signal")).to_have_count(3)
    page.keyboard.press("j")
    comes("La seconde")
    expect(page.locator("live-list > .note")).to_contain_text("Il y a du nouveau")
    expect(page.locator(".signal")).to_have_count(3)
    expect(page.locator(".signal").first).to_be_focused()
    page.locator("live-list > .note button").click()
    expect(page.locator(".signal h3").first).to_have_text("La seconde")
    expect(page.locator("live-list > .note")).to_have_count(0)
    page.keyboard.press("j")
    expect(page.locator(".signal").first).to_be_focused()


def test_one_says_on_a_page_what_one_wants_to_hear_of_it(visit, world, commented):
    page = visit(commented[0].get_absolute_url(), world.grace)
    button = page.locator(".hearing summary")
    expect(button).to_have_text("Follow")
    button.click()
    page.get_by_role("button", name="All of it").click()
    expect(page.locator(".hearing summary")).to_have_text("Followed")
    assert Follow.objects.get(person=world.grace).level == Level.ALL


def test_a_page_that_reaches_no_stream_asks_now_and_then(visit, world, settings):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.STREAMS, settings.LIVE_ADDRESS = True, f"http://127.0.0.1:{nobody.getsockname()[1]}"
        page = visit("/", world.awa, expected="ERR_CONNECTION_REFUSED")
        page.clock.install()
        page.reload()
        page.wait_for_function("document.querySelector('live-news').polling")
        with page.expect_response(lambda answer: "/inbox/news/" in answer.url) as asked:
            page.clock.fast_forward("01:01")
        assert asked.value.ok
