"""Tags, links and discussions in a real browser: by keyboard alone, without script, in both themes and widths."""

import os
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from palabre.authoring.writing import publish
from palabre.kit.html import strip
from palabre.links.models import Link, Type
from palabre.tags.models import Tagging
from palabre.talk.anchors import anchor
from palabre.talk.models import Comment, Gesture, Reaction

SHOTS = os.environ.get("SHOTS")


@pytest.fixture
def neighbourhood(world):
    """A page in the middle of others, tagged, cited and talked of."""
    space, coumba = world.spaces["installateurs"], world.coumba
    page = publish(
        "page",
        space,
        coumba,
        "Raccorder un client à la fibre",
        "Un raccordement réussi se joue avant le déplacement. Pour la suite, voir [[Reprendre une soudure]] "
        "et [[Accès aux immeubles sans syndic]].\n\nLa mesure se fait au connecteur, ONT branché. #recette",
        tags=["fibre", "fibre de Thiès", "raccordement", "ONT", "terrain"],
    )
    publish("page", space, coumba, "Reprendre une soudure", "Après [[Recette]].", tags=["fibre", "soudure"])
    publish("page", space, world.idrissa, "Recette", "Voir [[Lettre type au syndic]].", tags=["fibre", "recette"])
    for title, body in (
        (
            "Accueil d’un nouvel installateur",
            "Bienvenue. Commencez par lire [[Raccorder un client à la fibre]] au calme.",
        ),
        ("Lettre type au syndic", "Elle part après [[Raccorder un client à la fibre|la demande de raccordement]]."),
        ("Choosing the right splitter", "Read [[Raccorder un client à la fibre]] first."),
    ):
        publish("page", space, world.idrissa, title, body, tags=["terrain"])
    older = publish("page", space, coumba, "Raccorder un client, version de 2021", "Cuivre.", tags=["cuivre"])
    Link.tie(page, Type.SUPERSEDES, older, coumba)
    opening = Comment.say(
        page,
        world.koffi,
        "Dans « Rendez-vous », précisez qu’on peut proposer le dimanche matin : c’est là que les gens sont chez eux.",
        anchor=anchor("La mesure se fait au connecteur", "se fait au connecteur"),
    )
    Comment.say(page, world.idrissa, "À voir avec les accords d’astreinte. J’ouvre une palabre.", parent=opening)
    Comment.say(page, world.awa, "Merci, cela m’a servi **hier**.").resolve(coumba)
    Reaction.toggle(page, opening, Gesture.AGREE, world.awa)
    return page


ADDRESSES = {
    "page": "/pages/{pk}/",
    "write": "/write/?space=installateurs&title=Essai",
    "tag": "/tags/fibre/",
    "intersection": "/tags/fibre+recette/",
    "cloud": "/tags/",
    "garden": "/tags/cuivre/garden/",
    "tags-of-item": "/items/{pk}/tags/",
    "links": "/items/{pk}/links/?q=recette",
    "map": "/items/{pk}/map/",
    "wanted": "/spaces/installateurs/links/wanted/",
    "orphans": "/links/orphans/",
    "comments": "/items/{pk}/comments/",
    "passage": "/items/{pk}/comments/new/?quote=connecteur",
}


@pytest.mark.parametrize(("width", "dark", "language"), [(1440, False, "fr"), (390, True, "en")])
def test_the_pages_of_the_powers_are_accessible(world, neighbourhood, visit, violations, width, dark, language):
    reader = world.marc
    reader.language = language
    reader.save()
    page = visit("/tags/", reader, width=width, dark=dark)
    found = {}
    for name, address in ADDRESSES.items():
        page.goto(address.format(pk=neighbourhood.pk))
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{width}{'-dark' if dark else ''}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), name
        if wrong := violations(page):
            found[name] = wrong
    assert found == {}


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_the_verbs_stand_in_one_row_and_the_map_is_whole(world, neighbourhood, visit, width):
    page = visit(neighbourhood.get_absolute_url(), world.marc, width=width)
    tops = "(row) => [...new Set([...row.children].filter((each) => each.offsetHeight).map((each) => each.offsetTop))]"
    assert len(page.locator(".acts.of-item").evaluate(tops)) == 1
    ways = page.locator(".acts.of-item .menu > a", has_text="Fichiers")
    assert not ways.is_visible()
    page.get_by_label("Autres actions").click()
    ways.wait_for()
    page.goto(f"/items/{neighbourhood.pk}/map/")
    inside = """(map) => map.scrollWidth <= map.clientWidth && [...map.querySelectorAll(".upright text")].map(
      (each) => each.getBoundingClientRect()).filter((box) => box.width && box.left >= 0 && box.right <= innerWidth)"""
    titles = page.locator(".map").evaluate(f"(map) => ({inside})(map).length")
    assert titles == page.locator(".map .upright text").count() > 0


def test_one_comments_by_keyboard_alone(world, neighbourhood, visit):
    page = visit(f"/items/{neighbourhood.pk}/comments/", world.tidiane)
    page.locator("#id_body").focus()
    page.keyboard.type("Le dimanche me convient.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Le dimanche me convient.").wait_for()
    assert Comment.objects.filter(by=world.tidiane).get().body == "Le dimanche me convient."
    reply = page.get_by_role("link", name="Répondre à Koffi Zinsou-Ade").first
    reply.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Votre réponse à Koffi Zinsou-Ade").wait_for()
    page.keyboard.type("Je confirme.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".say .text", has_text="Je confirme.").wait_for()
    assert Comment.objects.get(body="Je confirme.").thread is not None


def test_words_of_the_text_are_chosen_and_commented_on(world, neighbourhood, visit):
    page = visit(f"/pages/{neighbourhood.pk}/", world.tidiane)
    page.get_by_label("Votre commentaire").fill("Branché comment ?")
    page.get_by_text("La mesure se fait").evaluate(
        """(paragraph) => {
          const words = paragraph.firstChild;
          const range = document.createRange();
          range.setStart(words, words.data.indexOf("ONT"));
          range.setEnd(words, words.data.indexOf("branché") + 7);
          document.getSelection().removeAllRanges();
          document.getSelection().addRange(range);
        }"""
    )
    page.get_by_role("button", name="Commenter ce passage").click()
    page.get_by_label("À propos de ce passage").wait_for()
    page.get_by_role("button", name="Répondre aux partenaires").click()
    page.locator(".say .text", has_text="Branché comment ?").wait_for()
    said = Comment.objects.get(by=world.tidiane)
    assert (said.quote, said.suffix) == ("ONT branché", ". #recette")


def test_a_remark_points_at_its_own_of_two_equal_passages_beyond_a_mention(world, visit):
    text = f"Avec @{world.idrissa.handle}, brancher l'ONT.\n\nVérifier l'ONT."
    item = publish("page", world.spaces["installateurs"], world.coumba, "Pose", text)
    Comment.say(item, world.awa, "Lequel ?", anchor=anchor(strip(item.html), "l'ONT", "Vérifier "))
    Comment.say(item, world.awa, "Quand ?", anchor=anchor(strip(item.html), f"@{world.idrissa.handle}, brancher"))
    page = visit(item.get_absolute_url(), world.tidiane)
    page.locator("[data-passage]").first.click()
    shown = "[...CSS.highlights.get('passage')].map((range) => [range.toString(), range.startContainer.data])"
    assert page.evaluate(shown) == [["l'ONT", "Vérifier l'ONT."]]
    page.locator("[data-passage]").last.click()
    assert page.evaluate(shown)[0][0] == f"@{world.idrissa.name}, brancher"


def test_words_chosen_by_keyboard_are_commented_on_by_keyboard(world, neighbourhood, visit):
    page = visit(f"/pages/{neighbourhood.pk}/", world.tidiane)
    page.get_by_text("La mesure se fait").evaluate(
        "(words) => document.getSelection().setBaseAndExtent(words.firstChild, 0, words.firstChild, 9)"
    )
    page.get_by_role("button", name="Commenter ce passage").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_label("À propos de ce passage").wait_for()
    assert page.get_by_label("À propos de ce passage").input_value() == "La mesure"


def test_one_tags_by_keyboard_alone_and_without_script(world, neighbourhood, visit):
    for script in (True, False):
        word = f"essai {script}"
        page = visit(f"/items/{neighbourhood.pk}/tags/", world.coumba, script=script)
        page.get_by_label("Ajouter une étiquette").focus()
        page.keyboard.type(word)
        page.keyboard.press("Enter")
        page.get_by_role("link", name=word).wait_for()
        assert Tagging.objects.filter(item=neighbourhood, tag__name=word, by=world.coumba).exists()


@pytest.mark.parametrize("script", [True, False])
def test_one_comments_on_a_passage_on_a_page_of_its_own(world, neighbourhood, visit, script):
    page = visit(f"/items/{neighbourhood.pk}/comments/new/", world.tidiane, script=script)
    page.get_by_label("Votre commentaire").fill("Lequel ?")
    page.get_by_label("À propos de ce passage").fill("se fait au connecteur")
    with page.expect_navigation(url=re.compile("#comment-")):
        page.get_by_role("button", name="Répondre aux partenaires").click()
    assert Comment.objects.get(by=world.tidiane).quote == "se fait au connecteur"


def test_what_cannot_be_done_is_said_and_the_page_stays_as_it_was(world, neighbourhood, visit, site):
    page = visit(f"/pages/{neighbourhood.pk}/", world.coumba, expected="401")
    kept = page.context.cookies()
    toast = page.locator("#toasts .toast")
    say = page.get_by_role("button", name="D’accord").first
    page.context.clear_cookies(name="sessionid")
    say.click()
    toast.get_by_text("Vous n’êtes pas connecté.").wait_for()
    assert f"next=/pages/{neighbourhood.pk}" in unquote(toast.get_by_role("link").get_attribute("href"))
    assert page.locator("main").count() == 1
    page.context.add_cookies([*kept, {"name": "csrftoken", "value": "x" * 32, "url": site}])
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        say.click()
    assert answer.value.ok and page.locator("main").count() == 1


def test_what_the_house_never_heard_of_is_said(world, neighbourhood, visit):
    page = visit(f"/pages/{neighbourhood.pk}/", world.coumba, expected="htmx:|ERR_FAILED")
    page.wait_for_selector("toast-list:defined", state="attached")
    page.route("**/reactions/", lambda asked: asked.abort())
    page.get_by_role("button", name="D’accord").first.click()
    expect(page.locator("#toasts .toast.error")).to_contain_text("La maison n’a pas répondu")
    page.locator("#toasts [data-dismiss]").click()
    expect(page.locator("#toasts .toast")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_said_of_an_error_is_read_on_a_phone(world, neighbourhood, visit, violations, dark):
    page = visit(f"/pages/{neighbourhood.pk}/", world.coumba, width=390, dark=dark, expected="401|404")
    say = page.get_by_role("button", name="D’accord").first
    say.evaluate("(button) => { button.setAttribute('hx-post', '/items/0/reactions/'); htmx.process(button); }")
    toast = page.locator("#toasts .toast")
    say.click()
    expect(toast).to_contain_text("Il n’y a rien ici pour vous")
    assert toast.bounding_box()["width"] <= 390 - 2 * 16
    assert toast.locator("p").bounding_box()["width"] > 200
    page.context.clear_cookies(name="sessionid")
    say.click()
    expect(toast).to_contain_text("Vous n’êtes pas connecté")
    assert violations(page) == []
