"""The circle of those who may vote: a place each, those heard filled, and what lacks for the quorum in words."""

import re
from fractions import Fraction
from itertools import accumulate

import pytest

from palabre.counting.ballots import Choice
from palabre.counting.majority import Majority
from palabre.counting.terms import Quorum
from palabre.decisions.circle import PLACES, Circle
from palabre.decisions.models import Delegation


def dots(dashes, length):
    """How many of the dashes of a line begin before it ends."""
    lengths = [float(each) for each in dashes.split()]
    begins = [0, *accumulate(dash + gap for dash, gap in zip(lengths[::2], lengths[1::2], strict=True))]
    return sum(at <= length for at in begins[:-1])


@pytest.mark.parametrize(("voted", "lent", "eligible"), [(0, 0, 1), (1, 0, 1), (3, 2, 6), (6, 0, 6), (41, 4, PLACES)])
def test_each_person_has_a_place(voted, lent, eligible):
    circle = Circle(voted, lent, eligible, needed=0)
    length = float(circle.length)
    assert dots(circle.places, length) == eligible
    assert dots(circle.own, length) == voted or not voted
    assert dots(circle.others, length) == voted + lent or not voted + lent


def test_the_stroke_of_the_quorum_lies_between_the_last_who_is_needed_and_the_next():
    for needed in range(1, 7):
        stroke = Circle(0, 0, 6, needed).quorum
        assert len(stroke) == 6
    top = Circle(0, 0, 6, needed=3).quorum  # three on the left, three on the right
    assert (top["x1"], top["x2"]) == ("100.0", "100.0") and float(top["y2"]) < float(top["y1"]) < 100


def test_of_many_the_line_is_drawn_whole_and_is_no_longer_than_that_of_few():
    few, many = Circle(5, 0, PLACES, 10), Circle(700, 100, 10_000, 5_000)
    assert few.is_dotted and not many.is_dotted
    assert many.own.split() == ["700", "10000"] and many.others.split()[0] == "800" and many.length == "10000"
    assert many.quorum["x1"] == "100.0"


def test_what_is_missing_for_the_quorum_is_said(world, decision, opened, sign_in):
    opened(Majority(), ["Oui", "Non"], quorum=Quorum(share=Fraction(1, 3)), delegated=True)
    Delegation.objects.lend(world.tom, world.marc, decision.item.space)

    def said():
        html = sign_in(world.marc).get(decision.item.get_absolute_url()).content.decode()
        figure = html.partition('<figure class="seats">')[2].partition("</figure>")[0]
        return " ".join(re.sub(r"<[^>]*>", " ", figure.partition("<figcaption>")[2]).split()), figure

    words, figure = said()
    assert "2 voix pour atteindre le quorum de 2" in words and "attendus" in words and "vous" not in words
    assert 'class="own"' not in figure
    decision.cast(world.marc, Choice("1"))
    words, figure = said()
    assert "1 voix pour atteindre" in words and "Les voix confiées s’y ajoutent" in words and "vous" in words
    decision.close()
    words, figure = said()
    assert "Le quorum de 2 est atteint." in words and "entendus par un autre" in words
    assert figure.count('class="others"') == 2 and ">2</text>" in figure


def test_without_a_quorum_no_stroke_is_drawn(world, decision, opened, sign_in):
    opened(Majority(), ["Oui", "Non"])
    html = sign_in(world.marc).get(decision.item.get_absolute_url()).content.decode()
    assert "Aucun quorum n’est fixé" in html and '<line class="q"' not in html and 'class="tick"' not in html
