"""Rows of items."""

from palabre.kit import rows
from palabre.kit.clock import now
from palabre.kit.styleguide import AUDIENCES, _person, _space


def test_two_kinds_with_one_icon_keep_their_names():
    author, space = _person(1, "Awa Kanté", "AK", 130), _space(1, "Réseau", AUDIENCES[0][0])
    listed = [
        rows.Row(number, "Un titre", "/", "", now(), author, space, "book-open", kind, "fr")
        for number, kind in enumerate(("Page", "Règle"))
    ]
    assert "Page</span>" in rows.draw(listed)
    assert "Règle</span>" in rows.draw(listed)
