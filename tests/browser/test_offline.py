"""Without a line: what was read last is there, and what is written arrives once."""

import re
from base64 import b64encode
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from palabre.authoring.models import Draft
from palabre.authoring.writing import publish
from palabre.conversations.models import Conversation
from palabre.items.models import Item
from palabre.people.models import Person
from palabre.talk.models import Comment
from tests.browser.conftest import until

REFUSED = "ERR_INTERNET_DISCONNECTED|htmx:"


@pytest.fixture
def page(world):
    return publish("page", world.spaces["maison"], world.awa, "Le plan du réseau", "Texte.")


def at_work(browser):
    """The service worker has this page."""
    until(browser, "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)")


def open_page(visit, world, page):
    browser = visit(page.get_absolute_url(), world.marc, expected=REFUSED)
    at_work(browser)
    browser.reload()
    until(browser, "caches.open('kept').then((kept) => kept.keys()).then((keys) => keys.length === 1)")
    return browser


def write(browser, title):
    """Fills in the page that is being written, and presses the button to publish it."""
    browser.locator("#title").fill(title)
    browser.locator("#body").fill("Écrit au bord\nde la route.")
    browser.locator("button[value='publish:maison']").first.click()


def waits(browser, words):
    expect(browser.locator("offline-keeper blockquote")).to_have_text(words)


def arrives(browser):
    """The line is back: nothing waits any more."""
    browser.context.set_offline(False)
    expect(browser.locator("offline-keeper .link")).to_be_visible()
    expect(browser.locator("offline-keeper blockquote")).to_have_count(0)


def test_without_a_line_what_was_read_last_is_listed_and_opens(visit, world, page):
    browser = open_page(visit, world, page)
    browser.context.set_offline(True)
    browser.goto("/inbox/")
    expect(browser.get_by_role("heading", level=1)).to_have_text("Hors ligne")
    expect(browser.locator("shelf-list small")).to_have_text(
        re.compile(r"dans son état du \d+ \S+ \d{4} à \d+\sh\s\d\d$")
    )
    browser.get_by_role("link", name="Le plan du réseau").click()
    expect(browser.get_by_role("heading", level=1)).to_have_text("Le plan du réseau")


def test_without_a_line_it_speaks_the_language_that_was_chosen_since(visit, world, page):
    browser = open_page(visit, world, page)
    Person.objects.filter(pk=world.marc.pk).update(language="en")
    browser.evaluate("navigator.serviceWorker.ready.then(async (at) => { await at.update(); })")
    until(
        browser,
        "navigator.serviceWorker.ready.then((at) => !at.installing && !at.waiting && at.active.state === 'activated')",
    )
    browser.context.set_offline(True)
    browser.goto("/inbox/")
    expect(browser.get_by_role("heading", level=1)).to_have_text("Offline")


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True), (320, False)])
def test_the_page_without_a_line_is_accessible_with_all_that_it_shows(visit, world, page, violations, width, dark):
    browser = visit(page.get_absolute_url(), world.marc, expected=REFUSED, width=width, dark=dark)
    at_work(browser)
    browser.goto("/write/?kind=page&space=maison", wait_until="networkidle")  # all its modules are here
    browser.context.set_offline(True)
    write(browser, "Le puits")
    waits(browser, "Le puits\nÉcrit au bord\nde la route.")
    assert violations(browser) == []
    assert browser.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_comment_written_without_a_line_arrives_once(visit, world, page):
    browser = open_page(visit, world, page)
    browser.context.set_offline(True)
    browser.locator("#id_body").fill("Écrit dans le train.")
    browser.locator("#comment-form button[type=submit]").click()
    waits(browser, "Écrit dans le train.")
    expect(browser.locator("#id_body")).to_have_value("")
    expect(browser.locator("#id_body:user-invalid")).to_have_count(0)
    assert not Comment.objects.exists()
    arrives(browser)
    assert Comment.objects.get().body == "Écrit dans le train."


def test_a_message_written_without_a_line_arrives_once(visit, world, site):
    conversation = Conversation.objects.start(world.awa, [world.marc])
    browser = visit(conversation.item.get_absolute_url(), world.marc, expected=REFUSED)
    at_work(browser)
    browser.context.set_offline(True)
    browser.locator(".composer textarea").fill("Je suis en route.")
    browser.locator(".composer button.primary").click()
    waits(browser, "Je suis en route.")
    arrives(browser)
    assert Comment.objects.get(item=conversation.item).body == "Je suis en route."


def test_a_page_written_without_a_line_is_published_once(visit, world, page):
    browser = visit("/write/?kind=page&space=maison", world.marc, expected=REFUSED)
    at_work(browser)
    browser.context.set_offline(True)
    write(browser, "Le puits")
    waits(browser, "Le puits\nÉcrit au bord\nde la route.")
    assert not Item.objects.filter(title="Le puits").exists()
    heading = browser.get_by_role("heading", level=1)
    expect(heading).to_have_text("Hors ligne")
    arrives(browser)
    expect(heading).to_have_text("La connexion est revenue")
    expect(browser.locator("line-watch .lede")).to_contain_text("plus rien n’attend")
    expect(browser.get_by_role("link", name="Continuer")).to_have_attribute("href", "/")
    browser.context.set_offline(True)
    expect(heading).to_have_text("Hors ligne")
    browser.context.set_offline(False)
    expect(heading).to_have_text("La connexion est revenue")
    browser.locator("offline-keeper .link").click()
    expect(browser.get_by_role("heading", level=1)).to_have_text("Le puits")
    assert Item.objects.filter(title="Le puits").count() == 1


SHARE = """() => {
  const form = Object.assign(document.createElement("form"), { action: "/share/", method: "post" });
  form.enctype = "multipart/form-data";
  const add = (name, value) => form.append(Object.assign(document.createElement("input"), { name, value }));
  add("title", "Le toit");
  const files = new DataTransfer();
  const bytes = Uint8Array.from(atob("%s"), (sign) => sign.charCodeAt(0));
  files.items.add(new File([bytes], "toit.png", { type: "image/png" }));
  form.append(Object.assign(document.createElement("input"), { type: "file", name: "files", files: files.files }));
  document.body.append(form);
  form.submit();
}"""


@pytest.mark.parametrize("line", [True, False])
def test_a_picture_shared_from_another_application_arrives_in_a_draft_with_or_without_a_line(visit, world, page, line):
    drawn = BytesIO()
    Image.new("RGB", (4, 3), "teal").save(drawn, "PNG")
    browser = open_page(visit, world, page)
    browser.context.set_offline(not line)
    browser.evaluate(SHARE % b64encode(drawn.getvalue()).decode())
    if not line:
        waits(browser, "Le toit\ntoit.png")
        assert not Draft.objects.exists()
        arrives(browser)
        browser.locator("offline-keeper .link").click()
    expect(browser.locator("#title")).to_have_value("Le toit")
    assert "![toit](/files/" in Draft.objects.get(person=world.marc).body


def signed_out(browser):
    """Their session has ended, and this browser has seen that."""
    browser.context.clear_cookies()
    browser.goto("/guide/")
    until(browser, "fetch('/-/line/').then((answer) => answer.json()).then(({ reader }) => reader === '-')")


def test_a_picture_shared_by_who_has_to_sign_in_waits_for_whoever_says_that_it_is_theirs(visit, world, page, site):
    drawn = BytesIO()
    Image.new("RGB", (4, 3), "teal").save(drawn, "PNG")
    browser = open_page(visit, world, page)
    session = browser.context.cookies()
    signed_out(browser)
    with browser.expect_navigation(url="**/account/login/**"):
        browser.evaluate(SHARE % b64encode(drawn.getvalue()).decode())
    browser.context.add_cookies(session)
    browser.goto("/guide/")
    waits(browser, "Le toit\ntoit.png")
    assert not Draft.objects.exists()
    browser.get_by_role("button", name="Reprendre").click()
    expect(browser.locator("#title")).to_have_value("Le toit")
    assert "![toit](/files/" in Draft.objects.get(person=world.marc).body
    browser.goto("/guide/")
    expect(browser.locator("offline-keeper blockquote")).to_have_count(0)


def test_a_form_of_another_site_makes_no_draft_though_the_worker_hands_it_on(visit, world, page, site):
    """A browser says from where a form comes, even where a worker stands between."""
    drawn = BytesIO()
    Image.new("RGB", (4, 3), "teal").save(drawn, "PNG")
    browser = open_page(visit, world, page)
    elsewhere = (
        site.replace("localhost", "127.0.0.1") if "localhost" in site else site.replace("127.0.0.1", "localhost")
    )
    browser.goto(f"{elsewhere}/guide/")
    form = SHARE.replace('action: "/share/"', f'action: "{site}/share/"')
    with browser.expect_navigation(url=f"{site}/**"):
        browser.evaluate(form % b64encode(drawn.getvalue()).decode())
    assert not Draft.objects.exists()


def test_a_change_made_without_a_line_is_saved_once(visit, world, page):
    browser = visit(f"/items/{page.pk}/edit/", world.awa, expected=REFUSED)
    at_work(browser)
    browser.context.set_offline(True)
    browser.locator("#body").fill("Texte, et une ligne.")
    browser.locator("button[value=publish]").first.click()
    waits(browser, "Le plan du réseau\nTexte, et une ligne.")
    arrives(browser)
    page.refresh_from_db()
    assert (page.version, page.body.strip()) == (2, "Texte, et une ligne.")


def test_what_is_refused_later_stays_and_opens_in_its_form(visit, world, page):
    browser = visit("/write/?kind=page&space=maison", world.marc, expected=f"{REFUSED}|422")
    at_work(browser)
    browser.context.set_offline(True)
    write(browser, "Le puits")
    waits(browser, "Le puits\nÉcrit au bord\nde la route.")
    world.spaces["maison"].archive(world.tom)
    browser.context.set_offline(False)
    expect(browser.locator("offline-keeper small")).to_contain_text("Pas envoyé")
    browser.get_by_role("button", name="Y revenir").click()
    expect(browser.locator("#body")).to_have_value("Écrit au bord\nde la route.")
    expect(browser.locator("offline-keeper blockquote")).to_have_count(0)


def test_what_is_sent_with_a_line_goes_as_ever_and_is_not_kept(visit, world, page):
    browser = visit("/write/?kind=page&space=maison", world.marc)
    at_work(browser)
    write(browser, "Le puits")
    expect(browser.get_by_role("heading", level=1)).to_have_text("Le puits")
    nothing_is_kept = """new Promise((resolve) => {
      const asked = indexedDB.open("palabre");
      asked.onsuccess = () => {
        const count = asked.result.transaction("outbox").objectStore("outbox").count();
        count.onsuccess = () => resolve(count.result === 0);
      };
    })"""
    until(browser, nothing_is_kept)
    assert Item.objects.filter(title="Le puits").count() == 1


def test_who_signs_out_leaves_nothing_to_read(visit, world, page):
    browser = open_page(visit, world, page)
    with browser.expect_navigation():
        browser.evaluate("document.querySelector('#me form[action*=logout]').submit()")
    until(browser, "caches.open('kept').then((kept) => kept.keys()).then((keys) => keys.length === 0)")
