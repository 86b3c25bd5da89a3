"""Drawings keep the decimal point: a number in an attribute is no number to be read, whatever the reader's language."""

import re
from html.parser import HTMLParser

import pytest

pytestmark = pytest.mark.usefixtures("stories_told")

NUMBERS = {
    "cx", "cy", "height", "r", "rx", "ry", "stroke-width", "viewbox", "width", "x", "x1", "x2", "y", "y1", "y2",
}  # fmt: skip
NUMBER = r"-?\d+(?:\.\d+)?"
PAIRS = re.compile(rf"{NUMBER},{NUMBER}(?: {NUMBER},{NUMBER})*")


class Drawn(HTMLParser):
    """The attributes of a page that hold numbers, and what is wrong with them."""

    def __init__(self, html):
        super().__init__()
        self.drawn = set()
        self.wrong = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in NUMBERS and re.search(r"\d", value or ""):
                self.drawn.add(tag)
                good = re.fullmatch(rf"{NUMBER}(?: {NUMBER})*", value)
            elif name == "points":
                self.drawn.add(tag)
                good = PAIRS.fullmatch(value)
            else:
                good = name != "style" or not re.search(r"\d,\d", value)
            if not good:
                self.wrong.append(f"<{tag} {name}={value!r}>")


@pytest.mark.parametrize(
    ("address", "drawing"),
    [("/", "polyline"), ("/people/{coumba}/", "rect"), ("/items/{item}/map/", "rect"), ("/tags/", "svg")],
)
def test_no_number_of_a_drawing_is_written_in_the_readers_language(address, drawing, demo_world, sign_in):
    marc = demo_world.marc
    marc.language = "fr"
    marc.save()
    item = demo_world.item("reseau/accueil").pk
    html = sign_in(marc).get(address.format(coumba=demo_world.coumba.pk, item=item), follow=True).text
    page = Drawn(html)
    assert '<html lang="fr"' in html and drawing in page.drawn
    assert page.wrong == []
