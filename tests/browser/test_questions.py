"""Questions as people meet them: answered, voted on and settled, without script too, by keyboard, on a phone."""

import pytest
from playwright.sync_api import expect

from palabre.authoring.writing import publish
from palabre.items.models import Item
from palabre.questions.models import Vote
from tests.browser.conftest import too_wide

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "anticonstitutionnellement" * 6


@pytest.fixture
def asked(world, site):
    """A question of Awa's with a long word in it, three answers, one of them changed, one by a guest, and votes."""
    space = world.spaces["installateurs"]
    item = publish("question", space, world.awa, f"Comment lire un plan {LONG} ?", "Sur un **chantier**. #fibre")
    question = item.question
    question.item = item
    first = question.answer(world.marc, f"Avec la tablette, `{LONG}`.")
    question.answer(world.tidiane, "| Outil | Poids |\n|---|---|\n| Papier | léger |")
    question.answer(world.coumba, "Avec une copie papier.")
    for person in (world.coumba, world.tidiane):
        Vote.cast(first, person, True)
    question.wait_for(world.awa, person=world.marc)
    question.accept(first, world.awa)
    return question


def addresses(question) -> list[str]:
    answer = Item.objects.filter(parent=question.pk).first()
    return [
        "/questions/",
        "/questions/?show=unanswered",
        "/questions/?show=waiting",
        "/spaces/installateurs/questions/",
        question.item.get_absolute_url(),
        answer.get_absolute_url(),
        f"/items/{answer.pk}/edit/",
        f"/questions/{question.pk}/same/",
        "/write/?kind=question",
    ]


@pytest.mark.parametrize(("width", "dark", "language"), [(1440, False, "fr"), (390, True, "fr"), (390, False, "en")])
def test_axe_finds_nothing_on_the_pages_of_questions(visit, world, asked, faults, width, dark, language):
    page = visit("/guide/", world.marc, width=width, dark=dark, language=language)
    assert faults(page, addresses(asked)) == {}


def test_no_page_of_questions_scrolls_sideways_at_320(visit, world, asked):
    page = visit("/guide/", world.marc, width=320)
    assert too_wide(page, addresses(asked)) == []


def test_one_answers_with_marks_by_keyboard_alone(visit, world, asked):
    page = visit(asked.item.get_absolute_url(), world.marc)
    page.wait_for_selector("mark-field:defined")
    field = page.get_by_label("Votre réponse")
    field.focus()
    page.keyboard.type("Demandez à @cou")
    page.get_by_role("option", name="Coumba Ndoye").wait_for()
    page.keyboard.press("Enter")
    assert field.input_value() == "Demandez à @coumba "
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Répondre", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".given").last.locator("a.mention")).to_contain_text("Coumba")
    assert page.url.rpartition("#")[2].startswith("answer-")


def test_a_vote_counts_at_once_and_can_be_taken_back(visit, world, asked):
    page = visit(asked.item.get_absolute_url(), world.marc)
    theirs = page.locator(".given", has_text="copie papier")
    theirs.get_by_role("button", name="Cela aide").click()
    expect(theirs.get_by_role("button", name="Cela aide")).to_have_attribute("aria-pressed", "true")
    expect(theirs.locator(".balance b")).to_have_text("1")
    theirs.get_by_role("button", name="Cela aide").click()
    expect(theirs.locator(".balance b")).to_have_text("0")


def test_all_of_it_works_on_a_phone_without_script(visit, world, asked):
    page = visit(asked.item.get_absolute_url(), world.awa, width=390, script=False)
    page.get_by_role("button", name="Répondre", exact=True).scroll_into_view_if_needed()
    page.get_by_label("Votre réponse").fill("Merci à tous.")
    page.get_by_role("button", name="Répondre", exact=True).click()
    expect(page.get_by_text("Merci à tous.")).to_be_visible()
    theirs = page.locator(".given", has_text="copie papier")
    theirs.get_by_role("button", name="Cela aide").click()
    expect(page.locator(".given", has_text="copie papier").locator(".balance b")).to_have_text("1")
    page.locator(".given", has_text="copie papier").get_by_role("button", name="Retenir").click()
    expect(page.locator(".given").first).to_contain_text("copie papier")
    asked.refresh_from_db()
    assert asked.accepted.body.startswith("Avec une copie")


def test_marks_are_completed_and_control_enter_sends_in_a_comment_and_in_a_reply(visit, world, asked):
    page = visit(asked.item.get_absolute_url(), world.marc)
    page.wait_for_selector("mark-field:defined")
    comment = page.locator("#comment-form textarea[name=body]")
    comment.focus()
    page.keyboard.type("Comme @cou")
    page.get_by_role("option", name="Coumba Ndoye").wait_for()
    page.keyboard.press("Enter")
    assert comment.input_value() == "Comme @coumba "
    page.keyboard.press("Control+Enter")
    thread = page.locator(".thread", has_text="Comme")
    thread.get_by_role("link", name="Répondre").click()
    reply = thread.locator("textarea[name=body]")
    reply.focus()
    page.keyboard.type("@awa")
    page.get_by_role("option", name="Awa Kanté").wait_for()
    page.keyboard.press("Enter")
    assert reply.input_value() == "@awa "
    page.keyboard.press("Control+Enter")
    thread.locator(".say .text", has_text="Awa Kanté").wait_for()
