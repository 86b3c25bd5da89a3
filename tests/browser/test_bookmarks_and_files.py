"""Bookmarks and files in a real browser: in both themes and widths, and without script."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from palabre.authoring.files.keeping import attach
from palabre.authoring.files.models import File
from palabre.authoring.writing import publish
from palabre.bookmarks.keeping import keep
from palabre.bookmarks.models import Bookmark, Status
from palabre.items.models import Item
from palabre.kit.clock import now
from tests.authoring.files import hostile

SHOTS = os.environ.get("SHOTS")
ADDRESSES = {
    "bookmark": "/bookmarks/{bookmark}/",
    "bookmarks": "/spaces/installateurs/bookmarks/",
    "keep": "/bookmarks/new/?address=https://example.org/a&space=installateurs",
    "files": "/items/{page}/files/",
    "page-with-files": "/pages/{page}/",
}


def drawing():
    image = Image.new("RGB", (1600, 900), "#e8e0cf")
    ImageDraw.Draw(image).line([(100, 700), (600, 300), (1500, 500)], fill="#1d5c3b", width=12)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def kept(world):
    """A page with a picture and two files, a bookmark with three savers; their numbers."""
    space, coumba = world.spaces["installateurs"], world.coumba
    picture = attach(None, coumba, "Plan de la tranchée.png", [drawing()])
    body = f"Le plan, du central au logement :\n\n{picture.markdown}\n\nVoir aussi le devis joint.\n"
    page = publish("page", space, coumba, "Plan de la tranchée de Pikine", body)
    attach(page, world.marc, "Devis gaine 400 m.pdf", [hostile.pdf("Quatre cents metres de gaine")])
    attach(page, world.idrissa, "Relevés de puissance.csv", [b"a;b\n1;2\n"])
    item, _new = keep(space, coumba, "https://www.observatoire-fibre.example/delais/2026", "L’observatoire de la fibre")
    Bookmark.objects.filter(pk=item.pk).update(
        status=Status.READ,
        fetched_at=now(),
        site_name="L’observatoire",
        description="Ce que mesurent les installateurs, région par région : délais, reprises, satisfaction.",
        text="Les délais de raccordement ont baissé de neuf jours depuis janvier dans la région de Thiès.",
    )
    item.bookmark.save_for(coumba, "Les délais médians, mis à jour chaque mois : à citer dans nos réponses.")
    item.bookmark.save_for(world.tidiane, "Nos chiffres de Pikine y sont faux, j’ai écrit à leur rédaction.")
    keep(world.spaces["maison"], world.awa, "https://observatoire-fibre.example/delais/2026/")
    keep(space, world.marc, "https://doc.example/norme-ont", "La norme ONT", "Pour les recettes.")
    return {"page": page.pk, "bookmark": item.pk}


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(("width", "dark", "language"), [(1440, False, "fr"), (390, True, "en")])
def test_the_pages_are_within_reach_of_everyone(kept, world, visit, violations, name, width, dark, language):
    page = visit(ADDRESSES[name].format(**kept), world.marc, width=width, dark=dark, language=language)
    page.wait_for_load_state("networkidle")
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}-{'dark' if dark else 'light'}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the screen"
    assert violations(page) == []


def test_an_address_is_kept_without_script(kept, world, visit):
    page = visit("/bookmarks/new/", world.coumba, script=False)
    page.fill("[name=address]", "example.org/guide")
    page.fill("[name=note]", "À relire avant une visite.")
    page.check("[name=space][value=installateurs]")
    page.click("main form button")
    assert page.locator(".savers .text").inner_text() == "À relire avant une visite."
    assert Item.objects.get(bookmark__address="https://example.org/guide").title == "example.org"


def test_a_file_is_added_removed_and_put_back_without_script(kept, world, visit):
    page = visit(f"/items/{kept['page']}/files/", world.coumba, script=False)
    file = {"name": "Consignes.txt", "mimeType": "text/plain", "buffer": b"Ne jamais regarder dans la fibre."}
    page.set_input_files("#file", file)
    page.click("form.upload button")
    row = page.locator("li.file", has_text="Consignes.txt")
    row.locator("button").click()
    page.locator(".note button").wait_for()
    assert row.count() == 0
    page.locator(".note button").click()
    row.wait_for()
    assert File.objects.present().filter(item=kept["page"]).count() == 4


def test_a_picture_comes_no_wider_than_the_screen_needs(kept, world, visit):
    page = visit(f"/pages/{kept['page']}/", world.coumba, width=390)
    picture = page.locator(".prose img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.prose img').complete")
    assert picture.evaluate("image => image.currentSrc").endswith("?width=480")
    assert picture.evaluate("image => image.naturalWidth") > 0
