"""From the command line, in real processes: a handbook comes in, is found, leaves, and comes back elsewhere."""

import json
from pathlib import Path

import pytest

from tests.processes.serving import Serving

pytestmark = pytest.mark.processes


def told(palabre: Serving, *words: str) -> str:
    done = palabre.command(*words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_folder_comes_in_is_found_leaves_and_comes_back(made: Path, data: Path, tmp_path: Path) -> None:
    wiki = tmp_path / "handbook"
    wiki.mkdir()
    (wiki / "README.md").write_text("# Handbook\n\nFirst [breakfast](breakfast.md), then [[Nothing]].\n")
    (wiki / "breakfast.md").write_text("# Breakfast at the exchange\n\nMillet porridge at seven, sharp.\n")
    palabre = Serving(made)
    told(palabre, "space", "create", "handbook", "--audience", "company")
    report = json.loads(told(palabre, "import", "markdown", str(wiki), "--space", "handbook", "--json"))
    assert (report["created"], report["links"], [each["target"] for each in report["broken"]]) == (2, 1, ["Nothing"])
    assert "0 new, 0 changed, 2 as they were" in told(palabre, "import", "markdown", str(wiki), "--space", "handbook")

    found = json.loads(told(palabre, "search", "millet porridge", "--space", "handbook", "--json"))
    assert found["hits"][0]["source"] == "breakfast.md"

    told(palabre, "export", str(tmp_path / "export"))
    again = palabre.command("export", str(tmp_path / "export"))
    assert again.returncode != 0
    assert "is not empty" in again.stderr

    other = Serving(data)
    assert "palabre person password" in told(other, "import", "palabre", str(tmp_path / "export"))
    there = json.loads(told(other, "search", "millet porridge", "--space", "handbook", "--json"))
    assert there["hits"][0]["url"] == found["hits"][0]["url"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("import", "markdown", "/", "--space", "nowhere"), "Error: There is no space nowhere: "),
        (
            ("import", "markdown", "/", "--space", "maison", "--author", "x@y.example"),
            "Error: Nobody has the address",
        ),
        (("export", "{folder}", "--as", "x@y.example"), "Error: Nobody has the address"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    made: Path, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    done = Serving(made).command(*(word.format(folder=tmp_path / "export") for word in words))
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
