"""What an address or a form says is taken as far as it can be meant."""

import pytest
from django.http import QueryDict

from palabre.kit import given


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("12", 12),
        ("0", 0),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("²", None),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
    ],
)
def test_a_number_is_one_that_a_column_holds(said, meant):
    assert given.number({"n": said}, "n") == meant
    assert given.number({}, "n") is None


def test_words_are_trimmed_and_without_what_no_column_holds():
    asked = QueryDict("q=%20a%00b%20&long=" + "a" * 300)
    assert given.text(asked, "q") == "ab"
    assert given.whole(asked, "q") == " ab "
    assert len(given.text(asked, "long")) == given.LONGEST
    assert given.text(asked, "nothing") == ""


def test_languages_with_what_no_column_holds_are_refused_with_a_sentence(world, sign_in):
    page = sign_in(world.awa).post(f"/people/{world.awa.pk}/edit/", {"name": "Awa", "languages": "wo\x00lof"})
    assert page.status_code == 422
