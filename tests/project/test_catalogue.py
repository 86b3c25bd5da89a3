"""The French of the interface: whole, and typeset as French."""

import re
from pathlib import Path

import pytest

from palabre.project import catalogue


@pytest.mark.parametrize("room", catalogue.rooms(), ids=lambda room: room.name)
def test_every_message_has_its_french(room: Path) -> None:
    assert list(catalogue.faults(room)) == []


def test_messages_come_out_of_python_and_templates(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "views.py").write_text("from x import gettext as _\n\n\ndef f(n):\n    return _('From Python')\n")
    (tmp_path / "templates" / "page.html").write_text(
        '{% load i18n %}\n<div>\n    <p>{% translate "From a tag" %}</p>\n  <b title="{{ _("In a filter") }}">\n'
        "{% blocktranslate count n=n trimmed %}\n  One page\n{% plural %}\n  {{ n }} pages\n{% endblocktranslate %}"
    )
    messages = {message.id for message in catalogue.extracted(tmp_path) if message.id}
    assert messages == {"From Python", "From a tag", "In a filter", ("One page", "%(n)s pages")}


def test_a_breakable_space_before_high_punctuation_is_a_fault() -> None:
    for wrong in ("Vraiment ?", "Vraiment?", "Dit : oui", "« oui »", "Quoi!"):
        assert catalogue.BREAKABLE.search(wrong), wrong
    for right in ("Vraiment\u00a0?", "«\u00a0oui\u00a0»", "à 12:30", "/search/?q=a", "Bonjour"):
        assert not catalogue.BREAKABLE.search(right), right


def test_a_message_has_the_same_french_in_every_room() -> None:
    """Django merges the catalogues: of two French sentences for one message, one shows where the other is meant."""
    said: dict[tuple[str | None, str], set[str]] = {}
    for room in catalogue.rooms():
        for message in catalogue.known(room):
            if message.id:
                first = message.id if isinstance(message.id, str) else message.id[0]
                said.setdefault((message.context, first), set()).add(str(message.string))
    assert {message: french for message, french in said.items() if len(french) > 1} == {}


def test_what_is_said_of_an_item_is_true_of_a_page_and_of_a_bookmark() -> None:
    """A page, an idea are feminine; a bookmark, a post, an objective are not: the words on each agree with none."""
    about = "archived.html|withdrawal.html|item_notices.html|item_menu.html|item_trust.html|life.py|placing.py|trust.py"
    feminine = re.compile(r"\b[Ee]lles?\b(?!-même)|-la\b|\b[Ll]a \w+er\b|\b\w+ée\b|\bne la\b|l’a \w+ée\b")
    wrong = [
        message.string
        for message in catalogue.known(catalogue.PACKAGE / "authoring")
        if any(re.search(about, place) for place, _line in message.locations) and feminine.search(str(message.string))
    ]
    assert wrong == []
