"""Two people write to each other in two browsers; a conversation works by keyboard, narrow, in the dark, unscripted."""

import pytest
from playwright.sync_api import expect

from palabre.conversations.models import Conversation
from tests.browser.test_live import palabre  # noqa: F401 (the running instance)


@pytest.fixture
def spoken(site, world):
    """What Awa and Marc say to each other."""
    conversation = Conversation.objects.start(world.awa, [world.marc])
    conversation.say(world.awa, "Bonjour Marc.")
    conversation.say(world.awa, "Tu passes vendredi ?")
    said = conversation.say(world.marc, "Oui, à 13 h 30.")
    conversation.say(world.awa, "Entendu.", parent=said)
    return conversation


@pytest.mark.parametrize(("width", "dark", "language"), [(1440, False, "fr"), (390, True, "en"), (320, False, "en")])
def test_a_conversation_is_accessible_and_fits(spoken, world, visit, violations, width, dark, language):
    page = visit(spoken.item.get_absolute_url(), world.marc, width=width, dark=dark, language=language)
    expect(page.locator("#threads")).to_contain_text("Entendu.")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for address in ("/conversations/", "/conversations/new/"):
        page.goto(address)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_message_is_sent_by_keyboard_and_stands_at_the_end(spoken, world, visit):
    page = visit(spoken.item.get_absolute_url(), world.marc)
    page.locator(".composer textarea").press_sequentially("À vendredi, @aw")
    page.locator("#suggestions [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    expect(page.locator(".composer textarea")).to_have_value("À vendredi, @awa ")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#threads")).to_contain_text("À vendredi")
    expect(page.locator(".composer textarea")).to_have_value("")
    expect(page.locator("#threads .thread").last).to_be_in_viewport()


def test_one_sees_what_one_sends_however_far_up_one_was_reading(spoken, world, visit):
    for number in range(15):
        spoken.say(world.awa, f"Ligne {number}\n\nEt sa suite.\n\nEt sa fin.")
    first = spoken.item.comments.order_by("pk").first()
    page = visit(f"{spoken.item.get_absolute_url()}#comment-{first.pk}", world.marc)
    expect(page.locator(f"#comment-{first.pk}")).to_be_in_viewport()
    page.locator(".composer textarea").fill("Bien lu.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#threads .thread").last).to_contain_text("Bien lu.")
    expect(page.locator("#threads .thread").last).to_be_in_viewport()


def test_an_answer_is_left_or_sent_by_keyboard_and_one_is_back_where_one_was(spoken, world, visit):
    page = visit(spoken.item.get_absolute_url(), world.awa)
    opener = page.locator(".say", has_text="Oui, à 13 h 30").get_by_role("link", name="Répondre")
    area = page.locator("answer-form textarea")
    for leave in (lambda: page.keyboard.press("Escape"), lambda: page.get_by_role("link", name="Annuler").click()):
        opener.focus()
        page.keyboard.press("Enter")
        expect(area).to_be_focused()
        page.wait_for_selector("answer-form:defined")
        leave()
        expect(area).to_have_count(0)
        expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    expect(area).to_be_focused()
    area.fill("Parfait.")
    page.keyboard.press("Escape")
    expect(area).to_have_value("Parfait.")  # what was written is not lost by a key
    page.keyboard.press("Control+Enter")
    expect(page.locator("#threads .answers")).to_contain_text("Parfait.")
    expect(area).to_have_count(0)


DROP = """([selector, kind, name, files]) => {
  const data = new DataTransfer();
  for (const [called, words] of files) data.items.add(new File([words], called, { type: "text/plain" }));
  const told = { bubbles: true, cancelable: true, [name]: data };
  const event = kind === "paste" ? new ClipboardEvent(kind, told) : new DragEvent(kind, told);
  return document.querySelector(selector).dispatchEvent(event);
}"""


def test_files_are_dropped_and_pasted_and_left_out_again_and_a_refusal_keeps_them(spoken, world, visit):
    page = visit(spoken.item.get_absolute_url(), world.marc, expected="422")
    page.wait_for_selector("message-files:defined")
    names = page.locator(".attached li")
    taken = page.evaluate(DROP, [".log", "drop", "dataTransfer", [["plan.txt", "Le plan"], ["vide.txt", ""]]])
    assert taken is False, "or the browser would leave the page for the file"
    page.evaluate(DROP, [".composer textarea", "paste", "clipboardData", [["photo.txt", "Collé"]]])
    expect(names).to_have_text(["plan.txt", "vide.txt", "photo.txt"])
    page.locator(".composer textarea").fill("Voici")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".composer .err")).to_contain_text("vide.txt")
    expect(names).to_have_text(["plan.txt", "vide.txt", "photo.txt"])
    expect(page.locator(".composer textarea")).to_have_value("Voici")
    page.get_by_role("button", name="Ne pas envoyer vide.txt").click()
    page.locator(".composer textarea").press("Control+Enter")
    sent = page.locator("#threads > .thread", has_text="Voici")
    expect(sent.get_by_role("link", name="plan.txt")).to_be_visible()
    expect(sent.get_by_role("link", name="photo.txt")).to_be_visible()
    expect(names).to_have_count(0)


def test_the_others_stand_beside_where_there_is_room_and_one_searches_where_there_is_not(spoken, world, visit):
    Conversation.objects.start(world.marc, [world.coumba, world.idrissa], "Chantier").say(world.coumba, "Demain ?")
    page = visit(spoken.item.get_absolute_url(), world.marc)
    beside = page.locator(".beside .talks > li")
    expect(beside).to_have_count(2)
    expect(page.locator(".beside [aria-current=page]")).to_have_text(world.awa.name)
    beside.filter(has_text="Chantier").get_by_role("link").click()
    expect(page.locator("#threads")).to_contain_text("Demain ?")
    page = visit(spoken.item.get_absolute_url(), world.marc, width=390)
    expect(page.locator(".beside")).to_be_hidden()
    page.locator("label[for=sought]").first.click()
    page.keyboard.type("vendredi")
    expect(page.locator("#sought")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator(".results")).to_contain_text("Tu passes vendredi ?")


def test_what_one_types_is_there_when_one_comes_back(spoken, world, visit):
    page = visit(spoken.item.get_absolute_url(), world.marc)
    with page.expect_response(lambda answer: answer.url.endswith("/typing/")):
        page.locator(".composer textarea").press_sequentially("Pas fini")
    page.reload()
    expect(page.locator(".composer textarea")).to_have_value("Pas fini")


def test_it_works_without_a_script(spoken, world, visit):
    page = visit(spoken.item.get_absolute_url(), world.marc, script=False, width=320)
    for each in (".composer textarea", ".composer input[type=file]", ".composer button.primary"):
        place = page.locator(each).bounding_box()
        assert place["x"] + place["width"] <= 320, each
    page.locator(".composer textarea").fill("Sans rien")
    page.locator(".composer button.primary").click()
    expect(page.locator("#threads")).to_contain_text("Sans rien")
    page.goto("/conversations/new/")
    page.locator("input[name=q]").fill("coumba")
    page.locator("button[value=find]").click()
    page.locator(".offered input").first.check()
    page.locator("textarea[name=body]").fill("Bonjour Coumba")
    page.locator("button.primary").click()
    expect(page.locator("#threads")).to_contain_text("Bonjour Coumba")


def two_people(chromium, palabre):  # noqa: F811
    """A page each, of two people of the running instance."""
    scene = palabre.scene()

    def open_for(session):
        context = chromium.new_context(base_url=palabre.address, locale="fr")
        context.add_cookies([{"name": "sessionid", "value": scene[session], "url": palabre.address}])
        return context.new_page()

    return open_for("session"), open_for("reader")


def choose(page, name):
    """Finds somebody by name, and ticks them."""
    page.locator("input[name=q]").fill(name)
    page.locator("button[value=find]").click()
    page.locator(".offered label", has_text=name).locator("input").check()


@pytest.mark.processes
def test_what_one_says_appears_to_the_other_at_once(chromium, palabre):  # noqa: F811
    one, other = two_people(chromium, palabre)
    one.goto("/conversations/new/")
    one.locator("input[name=q]").fill("Awa Kanté")
    one.locator("button[value=find]").click()
    one.locator(".offered input").first.check()
    one.locator("textarea[name=body]").fill("Premier mot.")
    one.locator("button.primary").click()
    expect(one.locator("#threads")).to_contain_text("Premier mot.")
    with other.expect_response(lambda answer: "/news/" in answer.url):
        other.goto(one.url.partition("#")[0])
    one.locator(".composer textarea").press_sequentially("Encore")
    expect(other.locator(".live-status")).to_contain_text("est en train d’écrire")
    one.locator(".composer textarea").fill("Encore un mot.")
    with other.expect_response(lambda answer: answer.url.endswith("/reading/")):
        one.locator(".composer button.primary").click()
    expect(other.locator("#threads")).to_contain_text("Encore un mot.", timeout=10_000)
    expect(one.locator(".read-by")).to_contain_text("Awa", timeout=10_000)
    one.evaluate(SAY, "Et un dernier.")
    last = one.locator("#threads .say", has_text="Et un dernier.")
    expect(last).to_be_visible(timeout=10_000)
    number = last.get_attribute("id").removeprefix("comment-")
    expect(one.locator(".read-by")).to_have_attribute("data-upto", number, timeout=10_000)
    for page in (one, other):
        page.context.close()


SAY = """async (words) => {
  const headers = { ...JSON.parse(document.body.getAttribute("hx-headers")), "HX-Request": "true" };
  await fetch(location.pathname, { method: "POST", headers, body: new URLSearchParams({ body: words }) });
}"""


@pytest.mark.processes
def test_an_open_page_is_told_who_comes_and_that_the_conversation_went_on(chromium, palabre):  # noqa: F811
    one, other = two_people(chromium, palabre)
    one.goto("/conversations/new/")
    choose(one, "Awa Kanté")
    one.locator("input[name=name]").fill("Chantier")
    one.locator("textarea[name=body]").fill("Avant.")
    one.locator("button.primary").click()
    expect(one.locator("#threads")).to_contain_text("Avant.")
    with other.expect_response(lambda answer: "/news/" in answer.url):
        other.goto(one.url.partition("#")[0])
    other.locator(".composer textarea").press_sequentially("Pas fini")
    one.locator(".takers").evaluate("menu => menu.closest('details').open = true")
    one.locator(".takers a[href$='/people/']").click()
    choose(one, "Léa Fontanel")
    one.locator("button.primary").click()
    expect(one.locator("#threads .turn")).to_contain_text("Léa Fontanel")
    with other.expect_navigation():
        other.locator(".went-on a").click()
    expect(other.locator(".composer textarea")).to_have_value("Pas fini")
    for number in range(22):
        one.evaluate(SAY, f"Message {number}.")
    other.goto(other.url.partition("#")[0])
    with other.expect_response(lambda answer: "/news/" in answer.url):
        other.locator("a.more[href*='?thread=']").click()
    expect(other.locator("#onward")).to_be_hidden()
    one.evaluate(SAY, "Le tout dernier.")
    expect(other.locator("#onward")).to_be_visible(timeout=10_000)
    expect(other.locator("#threads")).not_to_contain_text("Le tout dernier.")
    other.locator("#onward a").click()
    expect(other.locator("#threads")).to_contain_text("Le tout dernier.")
    for page in (one, other):
        page.context.close()


def test_what_changes_under_a_button_one_stands_on_is_shown_and_one_stands_there_still(spoken, world, visit):
    said = spoken.item.comments.order_by("pk").first()
    page = visit(spoken.item.get_absolute_url(), world.marc)
    page.wait_for_selector("live-news:defined", state="attached")
    button = page.locator(f"#comment-{said.pk} button[value=thanks]")
    button.focus()
    said.edit(world.awa, "Bonsoir Marc.")
    told = {"comment": said.pk, "thread": said.pk, "event": 0, "said": "", "mine": False}
    page.evaluate("told => document.querySelector('live-news').discuss(told)", told)
    expect(page.locator(f"#comment-{said.pk} .text")).to_have_text("Bonsoir Marc.")
    expect(button).to_be_focused()


def test_what_one_sends_stands_once(spoken, world, visit):
    page = visit(spoken.item.get_absolute_url(), world.marc)
    page.evaluate("customElements.whenDefined('conversation-log').then(() => true)")
    page.locator(".composer textarea").fill("Une fois")
    page.keyboard.press("Control+Enter")
    sent = page.locator("#threads > .thread", has_text="Une fois")
    expect(sent).to_have_count(1)
    sent.evaluate("thread => thread.parentElement.append(thread.cloneNode(true))")  # as when it comes live as well
    expect(sent).to_have_count(1)


@pytest.mark.processes
def test_lists_move_by_what_one_does_in_another_tab(chromium, palabre):  # noqa: F811
    one, other = two_people(chromium, palabre)
    one.goto("/conversations/new/")
    choose(one, "Awa Kanté")
    one.locator("textarea[name=body]").fill("Premier mot.")
    one.locator("button.primary").click()
    expect(one.locator("#threads")).to_contain_text("Premier mot.")
    talk = one.url.partition("#")[0]

    def open_beside(page, address):
        tab = page.context.new_page()
        with tab.expect_response(lambda answer: "/news/" in answer.url):
            tab.goto(address)
        return tab

    # What one says oneself moves one's own list, and the other's.
    mine, theirs = open_beside(one, "/conversations/"), open_beside(other, "/conversations/")
    inbox = open_beside(other, "/inbox/")
    one.evaluate(SAY, "Un autre mot.")
    for each in (mine, theirs):
        expect(each.locator(".talks > li").first).to_contain_text("Un autre mot.", timeout=15_000)
    expect(theirs.locator(".talks > li").first).to_have_class("unread")
    expect(inbox.locator(".signal.unread").first).to_contain_text("Un autre mot.", timeout=15_000)
    entry = inbox.locator(".signal", has_text="Un autre mot.").get_attribute("id")

    # What is read in another tab is read in all of them; what is done with waits in none.
    other.goto(talk)
    expect(theirs.locator(".talks > li").first).not_to_have_class("unread", timeout=15_000)
    expect(inbox.locator(f"#{entry}")).not_to_have_class("unread", timeout=15_000)
    other.goto("/inbox/")
    other.locator(f"#{entry} [data-act=done]").click()
    expect(inbox.locator(f"#{entry}")).to_have_count(0, timeout=15_000)
    for page in (one, other):
        page.context.close()
