"""What the documents say of the code is there: the places they name, and each record of a decision."""

import re
from pathlib import Path

import pytest

from palabre.portability.carried import tables

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "STYLE.md", *sorted((ROOT / "docs").glob("**/*.md"))]
OF_STRANGERS = {"import.md"}  # which names files of other people's folders
NAMED = re.compile(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|html|css|js|md|sh)|(?:palabre|tests|docs|bench|bin)/[\w/]*)`")
LINKED = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def named(place: str) -> list[Path]:
    """Where something called so may stand: a room's file is named without `palabre/`, a template by its own name."""
    own = [ROOT / start / place for start in ("", "palabre", "tests", "docs")]
    return [*own, *(ROOT / "palabre").glob(f"*/templates/{place}")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_the_places_a_document_names_are_there(document):
    said = document.read_text()
    places = NAMED.findall(said) if document.name not in OF_STRANGERS else []
    assert [place for place in places if not any(each.exists() for each in named(place))] == []
    assert [place for place in LINKED.findall(said) if not (document.parent / place).exists()] == []


def test_the_list_of_decisions_has_each_by_its_title():
    folder = ROOT / "docs" / "decisions"
    titles = {path.name: path.read_text().partition("\n")[0].removeprefix("# ") for path in folder.glob("[0-9]*.md")}
    listed = re.findall(r"^- \[(.+)\]\((.+)\)$", (folder / "README.md").read_text(), re.MULTILINE)
    assert sorted(listed) == sorted((title, name) for name, title in titles.items())
    assert all(titles[name].startswith(f"{int(name[:4])}. ") for name in titles)


def test_the_format_of_an_export_has_each_of_its_tables_and_no_other():
    rows = re.findall(r"^\| (`[^|]+) \|", (ROOT / "docs" / "export-format.md").read_text(), re.MULTILINE)
    told = [name for row in rows for name in re.findall(r"`([\w-]+)`", row)]
    assert sorted(told) == sorted(table.name for table in tables())
