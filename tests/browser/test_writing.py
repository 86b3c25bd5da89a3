"""Writing as people do it: by keyboard alone, through a reload, into a conflict, with marks and pictures."""

import base64
import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from palabre.authoring.models import Draft
from palabre.authoring.writing import publish, revise
from palabre.items.models import Item

BODY = "Le délai est de 21 jours. On appelle le client. On part à midi.\n"


def picture():
    """A small PNG, encoded for the browser."""
    drawn = BytesIO()
    Image.new("RGB", (12, 8), "teal").save(drawn, "PNG")
    return base64.b64encode(drawn.getvalue()).decode()


@pytest.fixture
def page_of_all(world):
    return publish("page", world.spaces["maison"], world.awa, "Raccorder un client", BODY)


def test_a_page_is_written_and_published_by_keyboard_alone(visit, world):
    page = visit("/write/", world.awa)
    page.get_by_role("textbox", name="Titre").focus()
    page.keyboard.type("Écrit au clavier")
    page.keyboard.press("Enter")
    page.keyboard.type("Un mot ")
    page.keyboard.press("Control+b")
    page.keyboard.type("gras")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.type(".")
    page.keyboard.press("Enter")
    page.keyboard.type("\n- un")
    page.keyboard.press("Enter")
    page.keyboard.type("deux")
    with page.expect_navigation(url=re.compile("/pages/")):
        page.keyboard.press("Control+Enter")
    assert Item.objects.get(title="Écrit au clavier").body == "Un mot **gras**.\n\n- un\n- deux\n"
    assert page.get_by_role("status").get_by_role("button", name="Annuler").is_visible()


def test_a_text_is_given_its_hour_on_a_wide_screen(visit, world):
    page = visit("/write/", world.awa)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("textbox", name="Titre").fill("Demain")
    page.get_by_text("Programmer la publication").click()
    page.get_by_label("Jour et heure").fill("2099-01-01T08:00")
    page.wait_for_selector("[data-state=saved]")
    assert Draft.objects.get().fields["publish_at"] == "2099-01-01T08:00"
    with page.expect_navigation(url=re.compile("/pages/")):
        page.get_by_role("button", name="Publier pour la maison").click()
    assert Item.objects.get(title="Demain").state == "scheduled"


def test_what_is_typed_is_saved_and_survives_a_reload(visit, world):
    page = visit("/write/", world.awa)
    page.get_by_role("textbox", name="Titre").fill("Un début")
    page.get_by_role("textbox", name="Texte").fill("Une phrase gardée")
    page.wait_for_selector("[data-state=saved]")
    assert Draft.objects.get().body == "Une phrase gardée\n"
    page.reload()
    assert page.get_by_role("textbox", name="Texte").input_value().strip() == "Une phrase gardée"


def test_a_text_that_never_reached_the_server_is_offered_back(visit, world, page_of_all):
    page = visit(f"/items/{page_of_all.pk}/edit/", world.awa)
    page.route("**/write/draft/", lambda route: route.fulfill(status=200, body="a lost line"))
    page.get_by_role("textbox", name="Texte").fill("Jamais parvenu")
    page.wait_for_selector("[data-state=not-saved]")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Reprendre").click()
    assert page.get_by_role("textbox", name="Texte").input_value() == "Jamais parvenu"


def lose(page, text):
    """Types a text whose way to the server is cut, and opens the page anew once the line is back."""
    page.route("**/write/draft/", lambda route: route.fulfill(status=200, body="a lost line"))
    page.get_by_role("textbox", name="Texte").fill(text)
    page.wait_for_selector("[data-state=not-saved]")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.unroute("**/write/draft/")


def test_a_lost_text_stays_on_offer_whatever_is_typed_meanwhile(visit, world, page_of_all):
    page = visit(f"/items/{page_of_all.pk}/edit/", world.awa)
    lose(page, "Jamais parvenu")
    text = page.get_by_role("textbox", name="Texte")
    text.fill("Écrit depuis")
    page.wait_for_selector("[data-state=saved]")
    page.reload()
    assert text.input_value().strip() == "Écrit depuis"
    text.fill("Écrit depuis, et plus")
    page.get_by_role("button", name="Reprendre").click()
    assert text.input_value() == "Jamais parvenu"
    page.get_by_role("button", name="Reprendre").click()
    assert text.input_value() == "Écrit depuis, et plus"
    page.get_by_role("button", name="Laisser").click()
    assert page.get_by_role("button", name="Reprendre").is_hidden()
    page.wait_for_selector("[data-state=saved]")
    page.reload()
    assert page.get_by_role("button", name="Reprendre").is_hidden()


def test_two_lost_texts_are_offered_one_after_the_other(visit, world, page_of_all):
    page = visit(f"/items/{page_of_all.pk}/edit/", world.awa)
    lose(page, "Perdu en premier")
    lose(page, "Perdu ensuite")
    text = page.get_by_role("textbox", name="Texte")
    page.get_by_role("button", name="Reprendre").click()
    assert text.input_value() == "Perdu ensuite"
    page.get_by_role("button", name="Reprendre").click()
    assert text.input_value() == "Perdu en premier"


def test_a_lost_new_text_is_still_offered_after_another_was_published(visit, world):
    page = visit("/write/", world.awa)
    lose(page, "Un début perdu")
    page.get_by_role("textbox", name="Titre").fill("Autre chose")
    page.wait_for_selector("[data-state=saved]")
    with page.expect_navigation(url=re.compile("/pages/")):
        page.get_by_role("button", name="Publier pour la maison").click()
    page.goto("/write/")
    page.get_by_role("button", name="Reprendre").click()
    assert page.get_by_role("textbox", name="Texte").input_value() == "Un début perdu"


def test_what_arrived_is_offered_no_more_though_another_text_arrived_after_it(visit, world, page_of_all):
    page = visit("/write/", world.awa)
    page.route("**/write/draft/", lambda route: route.fulfill(status=200, body="a lost line"))
    page.get_by_role("textbox", name="Titre").fill("Publié d’un trait")
    page.get_by_role("textbox", name="Texte").fill("Sans brouillon.")
    page.wait_for_selector("[data-state=not-saved]")
    with page.expect_navigation(url=re.compile("/pages/")):
        page.get_by_role("button", name="Publier pour la maison").click()
    page.unroute("**/write/draft/")
    page.goto(f"/items/{page_of_all.pk}/edit/")
    page.get_by_role("textbox", name="Texte").fill(BODY.replace("21", "7"))
    with page.expect_navigation(url=re.compile("/pages/")):
        page.get_by_role("button", name="Enregistrer cette version").click()
    page.goto("/write/")
    page.wait_for_selector("text-editor:defined")
    assert page.get_by_role("button", name="Reprendre").is_hidden()


def test_what_was_saved_is_offered_no_more_and_what_was_lost_takes_nothing_back_from_others(visit, world, page_of_all):
    page = visit(f"/items/{page_of_all.pk}/edit/", world.awa)
    text = page.get_by_role("textbox", name="Texte")
    text.fill(BODY.replace("21", "7"))
    with page.expect_navigation(url=re.compile("/pages/")):
        page.get_by_role("button", name="Enregistrer cette version").click()
    revise(page_of_all, world.coumba, page_of_all.title, BODY.replace("21", "14"), based_on=2)
    page.goto(f"/items/{page_of_all.pk}/edit/")
    assert page.get_by_role("button", name="Reprendre").is_hidden()
    lose(page, BODY.replace("21", "14").replace("midi", "treize heures"))
    revise(page_of_all, world.coumba, page_of_all.title, BODY.replace("21", "28"), based_on=3)
    page.reload()
    page.get_by_role("button", name="Reprendre").click()
    with page.expect_navigation(url=re.compile("/pages/")):
        page.get_by_role("button", name="Enregistrer cette version").click()
    body = Item.objects.get(pk=page_of_all.pk).body
    assert "28 jours" in body and "treize heures" in body


def test_a_text_is_put_off_until_later(visit, world):
    page = visit("/write/", world.awa, width=1440)
    page.get_by_role("textbox", name="Titre").fill("Demain")
    page.get_by_text("Programmer la publication").click()
    page.get_by_label("Jour et heure").fill("2099-01-01T08:00")
    page.wait_for_selector("[data-state=saved]")
    assert Draft.objects.get().fields["publish_at"] == "2099-01-01T08:00"
    with page.expect_navigation(url=re.compile("/pages/")):
        page.get_by_role("button", name="Publier pour la maison").click()
    assert Item.objects.get(title="Demain").state == "scheduled"


def test_enter_in_a_field_saves_and_does_not_show_a_preview(visit, world, page_of_all):
    page = visit(f"/items/{page_of_all.pk}/edit/", world.awa)
    page.get_by_role("textbox", name="Texte").fill("Un autre texte.")
    page.get_by_label("Ce qui a changé").fill("refait")
    with page.expect_navigation(url=re.compile("/pages/")):
        page.keyboard.press("Enter")
    assert Item.objects.get(pk=page_of_all.pk).body == "Un autre texte.\n"


def test_what_completes_stays_on_a_narrow_screen(visit, world, page_of_all):
    page = visit("/write/", world.awa, width=390)
    text = page.locator("textarea.source")
    text.focus()
    page.keyboard.type("Comme on le lit au bout de cette ligne [[racc")
    box = page.get_by_role("option").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert page.evaluate("document.scrollingElement.scrollLeft") == 0


def test_what_completes_is_seen_above_the_bar_of_a_phone(visit, world, page_of_all):
    page = visit("/write/", world.awa, width=390)
    text = page.locator("textarea.source")
    text.fill("Une ligne.\n" * 40)
    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("[[racc")
    option = page.get_by_role("option").first.bounding_box()
    assert option["y"] >= 0 and option["y"] + option["height"] <= page.locator("nav.bar").bounding_box()["y"]


def test_marks_are_completed_with_the_arrows(visit, world, page_of_all):
    page = visit("/write/", world.awa)
    text = page.get_by_role("textbox", name="Texte")
    text.focus()
    page.keyboard.type("Voir [[racc")
    page.get_by_role("option", name="Raccorder un client").wait_for()
    assert text.get_attribute("aria-activedescendant") == "suggestions-0"
    page.keyboard.press("Enter")
    page.keyboard.type(" avec @cou")
    page.get_by_role("option", name="Coumba Ndoye").wait_for()
    page.keyboard.press("Tab")
    assert text.input_value() == "Voir [[Raccorder un client]] avec @coumba "
    page.keyboard.type("@awa")
    page.get_by_role("option", name="Awa Kanté").wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("listbox").is_hidden()


def test_the_preview_follows_the_text(visit, world, page_of_all):
    page = visit("/write/", world.awa)
    page.get_by_role("button", name="Côte à côte").click()
    page.get_by_role("textbox", name="Texte").fill("Voir [[Raccorder un client]], **vite**.")
    page.locator(".looks strong", has_text="vite").wait_for()
    assert page.locator(".looks a").get_attribute("href") == page_of_all.get_absolute_url()


def test_the_publish_button_and_the_band_name_the_readers(visit, world):
    page = visit("/write/", world.awa)
    assert page.get_by_role("button", name="Publier pour la maison").is_visible()
    page.get_by_role("radio", name="Entraide clients").check()
    assert page.get_by_role("button", name="Publier pour les clients").is_visible()
    assert page.get_by_role("button", name="Publier pour la maison").is_hidden()
    assert page.locator(".band:visible").get_attribute("data-aud") == "customers"


def test_two_texts_that_do_not_merge_are_put_together_side_by_side(visit, world, page_of_all):
    page = visit(f"/items/{page_of_all.pk}/edit/", world.awa)
    page.get_by_role("textbox", name="Texte").fill(BODY.replace("21", "7"))
    revise(page_of_all, world.coumba, page_of_all.title, BODY.replace("21", "14"), based_on=1)
    page.get_by_role("button", name="Enregistrer cette version").click()
    page.wait_for_url("**/conflict/")
    page.get_by_role("radio", name=re.compile("^Vous")).check()
    page.get_by_role("button", name=re.compile("^Réunir")).click()
    page.wait_for_url("**/edit/")
    assert "7 jours" in page.get_by_role("textbox", name="Texte").input_value()
    with page.expect_navigation(url=re.compile("/pages/")):
        page.get_by_role("button", name="Enregistrer cette version").click()
    assert "7 jours" in Item.objects.get(pk=page_of_all.pk).body


def test_a_pasted_picture_is_sent_and_shown(visit, world, page_of_all):
    page = visit(f"/items/{page_of_all.pk}/edit/", world.awa)
    text = page.get_by_role("textbox", name="Texte")
    text.focus()
    page.keyboard.press("Control+End")
    text.evaluate(
        """(area, encoded) => {
            const bytes = Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0));
            const data = new DataTransfer();
            data.items.add(new File([bytes], "plan.png", { type: "image/png" }));
            area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        picture(),
    )
    page.wait_for_function("() => document.querySelector('#body').value.includes('![plan](/files/')")


@pytest.mark.parametrize(
    ("words", "taken"),
    [
        ({"text/plain": "Thiès\t21\n", "text/html": "<table><tr><td>Thiès<td>21</table>"}, False),  # of a spreadsheet
        ({"text/plain": "plan.png"}, True),  # of a file
        ({"text/html": "<img src=plan.png>"}, True),  # of a picture on a page
    ],
)
def test_a_pasted_picture_is_taken_unless_it_is_one_of_words(visit, world, page_of_all, words, taken):
    page = visit(f"/items/{page_of_all.pk}/edit/", world.awa)
    page.evaluate("() => customElements.whenDefined('text-editor').then(() => null)")
    found = page.get_by_role("textbox", name="Texte").evaluate(
        """(area, words) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(9)], "plan.png", { type: "image/png" }));
            for (const [form, said] of Object.entries(words)) data.setData(form, said);
            const pasted = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            return !area.dispatchEvent(pasted);
        }""",
        words,
    )
    assert found is taken  # else the browser pastes what it would paste anywhere


def test_who_is_signed_out_while_writing_goes_on_after_signing_in_elsewhere(visit, world, site):
    page = visit("/write/", world.awa)
    kept = [cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    page.get_by_role("button", name="Côte à côte").click()
    text = page.get_by_role("textbox", name="Texte")
    page.context.clear_cookies(name="sessionid")
    text.fill("Un début")
    with page.expect_response(re.compile("/search/similar/|/account/login/")):
        page.wait_for_selector("[data-state=not-saved]")
    assert "vous n’êtes plus connecté" in page.locator("[data-state]").inner_text()
    assert page.locator("main").count() == 1
    # Signing in gives another token to all forms of this browser.
    page.context.add_cookies([*kept, {"name": "csrftoken", "value": "x" * 32, "url": site}])
    page.get_by_role("textbox", name="Titre").fill("Interrompu")
    page.wait_for_selector("[data-state=saved]")
    with page.expect_navigation(url=re.compile("/pages/")):
        page.get_by_role("button", name="Publier pour la maison").click()
    assert Item.objects.get(title="Interrompu").body == "Un début\n"


WATCH = """() => {
    const said = [], told = document.querySelector("[data-told]");
    new MutationObserver(() => said.push(told.textContent)).observe(told, { childList: true });
    return said;
}"""
DROP = """(area, [encoded, names]) => {
    const bytes = Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0));
    const data = new DataTransfer();
    for (const name of names) data.items.add(new File(name === "vide.txt" ? [] : [bytes], name));
    area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_a_file_on_its_way_holds_its_place_and_the_text_waits_for_it(visit, world, page_of_all):
    page = visit(f"/items/{page_of_all.pk}/edit/", world.awa)
    text = page.get_by_role("textbox", name="Texte")
    held = []
    page.route(re.compile(f"/items/{page_of_all.pk}/files/$"), lambda route: held.append(route))
    text.focus()
    page.keyboard.press("Control+Home")
    with page.expect_request(re.compile("/files/$")):
        text.evaluate(DROP, [picture(), ["plan.png"]])
    page.keyboard.press("Control+End")
    page.keyboard.type("Et la suite.")
    assert re.match(r"\[Envoi du fichier… plan\.png\]\nLe délai", text.input_value())
    page.get_by_role("button", name="Enregistrer cette version").click()
    page.wait_for_selector("[data-state=saving]")
    assert page.url.endswith("/edit/")
    with page.expect_navigation(url=re.compile("/pages/")):
        held[0].continue_()
    body = Item.objects.get(pk=page_of_all.pk).body
    assert re.match(r"!\[plan\]\(/files/\d+/plan\.png#12x8\)\nLe délai", body) and body.endswith("Et la suite.\n")


def test_of_several_files_the_refused_one_is_named_and_the_others_are_there(visit, world, page_of_all):
    page = visit(f"/items/{page_of_all.pk}/edit/", world.awa, expected="status of 422")
    text = page.get_by_role("textbox", name="Texte")
    text.focus()
    told = page.evaluate_handle(WATCH)
    text.evaluate(DROP, [picture(), ["un.png", "vide.txt", "deux.png"]])
    page.wait_for_function("() => document.querySelector('#body').value.includes('![deux](/files/')")
    assert "![un](/files/" in text.input_value() and not re.search("Envoi|vide", text.input_value())
    assert any(said.startswith("vide.txt: ") for said in told.evaluate("(said) => said"))


def test_what_a_move_changes_is_said_of_the_place_in_sight(visit, world, page_of_all):
    page = visit(f"/items/{page_of_all.pk}/move/", world.awa)
    effect = page.locator("#moves")
    expect(effect).to_be_hidden()
    page.locator("input[name=space][value=entraide]").check()
    expect(effect.get_by_role("heading")).to_contain_text("Entraide clients")
    page.locator("input[name=space][value=installateurs]").check()
    expect(effect.get_by_role("heading")).to_contain_text("Installateurs")
    effect.locator("form button").click()
    expect(page.locator(".band")).to_contain_text("Partenaires")


def test_without_a_script_one_writes_all_the_same(visit, world):
    page = visit("/write/", world.awa, script=False)
    page.get_by_role("textbox", name="Titre").fill("Sans script")
    page.get_by_role("textbox", name="Texte").fill("Un *texte*.")
    page.get_by_role("button", name="Aperçu").click()
    assert page.locator(".looks em").inner_text() == "texte"
    page.get_by_role("button", name="Publier pour la maison").click()
    assert page.get_by_role("heading", name="Sans script").is_visible()


def test_without_a_script_the_button_names_the_readers_of_the_chosen_place(visit, world):
    page = visit("/write/", world.awa, script=False)
    page.get_by_role("textbox", name="Titre").fill("Sans script")
    page.get_by_role("radio", name="Entraide").check()
    assert page.get_by_role("button", name="Publier pour").all_inner_texts() == ["Publier pour les clients"]
    page.get_by_role("button", name="Publier pour les clients").click()
    assert page.get_by_role("heading", name="Sans script").is_visible()


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (1440, True), (390, False), (390, True)])
def test_writing_reading_and_history_have_no_barrier(visit, violations, world, page_of_all, width, dark):
    text = (
        "## Un\n\nVoir [[Autre]], @coumba et [là](https://example.org).\n\n> [!WARNING]\n> Attention.\n\n"
        "- [x] fait\n- [ ] à faire\n\n| a | b |\n|---|--:|\n| x | 1 |\n\n```\ncode\n```\n\n"
        "## Deux\n\nFin[^1].\n\n[^1]: Note.\n"
    )
    revise(page_of_all, world.awa, page_of_all.title, text, based_on=1)
    number = page_of_all.pk
    page = visit("/write/", world.awa, width=width, dark=dark)
    addresses = [
        "/write/", f"/items/{number}/edit/", f"/items/{number}/", f"/items/{number}/history/",
        f"/items/{number}/difference/", f"/items/{number}/authorship/", f"/items/{number}/move/?space=entraide",
        f"/items/{number}/move/",
        "/write/drafts/", "/spaces/maison/pages/", "/spaces/maison/posts/",
    ]  # fmt: skip
    for address in addresses:
        page.goto(address)
        assert violations(page) == [], address
