"""A folder handed over may hold anything: nothing outside it is read, and nothing in it stops the import."""

import os
from pathlib import Path

import pytest

from palabre.portability.markdown import incoming
from palabre.portability.markdown.folder import LONGEST_PAGE, Folder, decode


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    root = tmp_path / "wiki"
    (root / "a/b").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / ".git/secret.md").write_text("no")
    (root / "page.md").write_text("# Page")
    (root / "picture.png").write_bytes(b"png")
    (root / "older.rst").write_text("Older\n=====\n")
    (root / "same.md").symlink_to("page.md")
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "a/b/up").symlink_to("../..", target_is_directory=True)
    (root / "nowhere.md").symlink_to("missing.md")
    (root / "self.md").symlink_to("self.md")
    (tmp_path / "outside.md").write_text("secret")
    (root / "out.md").symlink_to(tmp_path / "outside.md")
    (root / "etc").symlink_to("/etc", target_is_directory=True)
    os.mkfifo(root / "pipe.md")
    (root / "huge.md").write_bytes(b"a" * (LONGEST_PAGE + 1))
    (os.fsencode(root) and Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9.md"))).write_text("# Café")
    return root


def test_only_plain_files_within_the_folder_are_taken(hostile: Path) -> None:
    folder = Folder.read(hostile)
    assert folder.pages == ["page.md", "same.md"]
    assert folder.files == ["older.rst", "picture.png"]
    reasons = {each.path: each.reason for each in folder.skipped}
    assert reasons["out.md"] == "a link out of the folder"
    assert reasons["huge.md"] == "larger than 2 MB"
    assert reasons["older.rst"] == "a page that is not written in Markdown"
    assert reasons["pipe.md"] == "not a plain file"
    assert reasons["nowhere.md"] == "a link that leads nowhere"
    assert {"nowhere.md", "self.md", "loop", "a/b/up", "etc", "caf\\xe9.md"} <= reasons.keys()


def test_a_file_exchanged_after_the_listing_is_not_followed(hostile: Path) -> None:
    folder = Folder.read(hostile)
    (hostile / "page.md").unlink()
    (hostile / "page.md").symlink_to(hostile.parent / "outside.md")
    with pytest.raises(OSError, match="out of the folder"):
        folder.bytes_of("page.md")


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotADirectoryError):
        Folder.read(tmp_path / "file")


def test_text_in_other_codings_is_read_and_said_to_be_odd() -> None:
    assert decode("été".encode()) == ("été", "")
    assert decode("\ufeffété".encode()) == ("été", "")
    assert decode("été".encode("cp1252")) == ("été", "not UTF-8, read as Windows-1252")
    assert decode("été".encode("utf-16")) == ("été", "read as UTF-16")
    with pytest.raises(ValueError, match="not a text"):
        decode(b"\x7fELF\x00\x01")


@pytest.mark.parametrize(
    ("path", "text", "title", "body"),
    [
        ("a.md", "# The *title* of [it](b.md) {#x}\n\nText", "The title of it", "Text"),
        ("a.md", "Title\n=====\nText", "Title", "Text"),
        ("a.md", "---\ntitle: Front\n---\n# Front\nText", "Front", "Text"),
        ("a.md", "---\ntitle: Front\n---\n# Other\nText", "Front", "# Other\nText"),
        ("guide/01-first_steps.md", "Text", "First steps", "Text"),
        ("guide/README.md", "Text", "Guide", "Text"),
        ("guide/opening_hours.fr.md", "Text", "Opening hours", "Text"),
        ("index.md", "", "Wiki", ""),
        ("a.mdx", "import X from './x';\nexport const y = 1;\nimport './z.css'\n\n# T\nText", "T", "Text"),
        ("a.md", "import X from '@theme/X';\n\n# T\nText", "T", "Text"),
        ("a.md", "import 'x' by hand\n", "A", "import 'x' by hand"),
        ("a.md", f"# {'long ' * 100}\n", ("long " * 50).strip(), ""),
    ],
)
def test_a_page_finds_its_title(tmp_path: Path, path: str, text: str, title: str, body: str) -> None:
    file = tmp_path / "wiki" / path
    file.parent.mkdir(parents=True)
    file.write_text(text)
    page = incoming.read(Folder.read(tmp_path / "wiki"), path)
    assert (page.title, page.body) == (title, body)
    assert page.front.language == ("fr" if ".fr." in path else "")
