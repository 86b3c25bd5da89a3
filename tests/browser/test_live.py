"""Two browsers and the real processes: what one person does, the other sees without loading the page again."""

import shutil
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.processes.serving import serving

pytestmark = pytest.mark.processes


@pytest.fixture
def palabre():
    """A running instance with the demo world, where PostgreSQL's user can reach its folder."""
    folder = Path(tempfile.mkdtemp(prefix="palabre-processes-"))
    folder.chmod(0o711)
    with serving(folder / "data") as running:
        yield running
    shutil.rmtree(folder)


def test_what_one_does_the_other_sees_at_once(chromium, palabre):
    scene = palabre.scene()

    def open_for(session):
        context = chromium.new_context(base_url=palabre.address, locale="fr")
        context.add_cookies([{"name": "sessionid", "value": scene[session], "url": palabre.address}])
        page = context.new_page()
        with page.expect_response(lambda answer: "/news/" in answer.url):
            page.goto(f"/items/{scene['items'][0]}/")
        return page

    coumba, awa = open_for("session"), open_for("reader")
    said = awa.locator("#messages").text_content()
    box = "#comment-form textarea"
    coumba.locator(box).press_sequentially("Bonjour @awa")
    expect(awa.locator(".live-status")).to_contain_text("est en train d’écrire")
    awa.route("**/comments/*/thread/", lambda route: route.abort(), times=1)  # told, while it cannot be fetched
    coumba.locator(box).fill("Bonjour @awa, tout de suite.")
    coumba.locator("#comment-form button[type=submit], #comment-form .btn").last.click()
    expect(awa.locator("#threads")).to_contain_text("tout de suite", timeout=10_000)
    expect(awa.locator("#messages")).to_contain_text("message")
    expect(awa.locator("#messages")).not_to_have_text(said)

    # What somebody is writing in a thread stays under their hands.
    awa.locator("#threads .say a", has_text="Répondre").first.click()
    awa.locator("#threads textarea").fill("Je réponds")
    coumba.locator("#threads .say a", has_text="Répondre").first.click()
    coumba.locator("#threads textarea").fill("Une précision.")
    coumba.locator("#threads form button[type=submit]").click()
    expect(awa.locator(".arriving")).to_be_visible(timeout=10_000)
    expect(awa.locator("#threads")).not_to_contain_text("Une précision.")
    awa.locator(".arriving").click()
    expect(awa.locator("#threads")).to_contain_text("Une précision.")
    expect(awa.locator("#threads textarea")).to_have_value("Je réponds")

    coumba.goto(f"/items/{scene['items'][0]}/edit/")
    coumba.locator("textarea[name=body]").press_sequentially("Une ligne de plus. ")
    coumba.locator("button[value=publish]").click()
    expect(awa.locator(".note.changed")).to_contain_text("Modification par", timeout=10_000)

    # What came within the page is offered where one reads, and leads there.
    awa.goto("/questions/")
    address = awa.locator("main .body a[href^='/questions/']").first.get_attribute("href")
    with awa.expect_response(lambda answer: "/news/" in answer.url):
        awa.goto(address)
    coumba.goto(address)
    coumba.locator("#answer-body").fill("Elle est chez le gardien.")
    coumba.locator("#answering .btn").last.click()
    expect(awa.locator(".note.changed")).to_contain_text("a répondu", timeout=10_000)
    awa.locator(".note.changed .btn").click()
    expect(awa.locator(".given-answers")).to_contain_text("Elle est chez le gardien.")
    expect(awa.locator(":target")).to_contain_text("Elle est chez le gardien.")

    # Whoever signs out in another tab has no page left open in this one.
    here = open_for("reader")
    with here.expect_event("framenavigated", timeout=10_000):
        other = here.context.new_page()
        other.goto("/account/logout/")
        other.locator("main form button[type=submit], main form .btn").first.click()
    expect(here.locator("live-news")).to_have_count(0)
    for page in (coumba, awa, here):
        page.context.close()
