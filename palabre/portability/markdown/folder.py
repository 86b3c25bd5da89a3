"""A folder somebody hands over: its pages and other files, read without trusting any of them.

Links out of the folder, devices, files too large and what is not text are named in the report and passed over.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from unicodedata import normalize

from django.conf import settings

from palabre.portability.markdown.vault import SIGN

PAGES = (".md", ".markdown", ".mdown", ".mdx")
LONGEST_PAGE = 2 * 1024 * 1024
OTHER_MARKUP = (".adoc", ".asciidoc", ".creole", ".mediawiki", ".org", ".rdoc", ".rst", ".textile", ".wiki")
DEEPEST = 40
PASSED_BY = {"node_modules", "__pycache__"}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not taken, and the reason in words."""

    path: str
    reason: str


@dataclass
class Folder:
    """What lies under `root`, by path relative to it with `/`, whatever the system writes."""

    root: Path
    pages: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    @classmethod
    def read(cls, root: Path) -> "Folder":
        """Lists the folder; OSError when there is none to list."""
        folder = cls(root.resolve(strict=True))
        if not folder.root.is_dir():
            raise NotADirectoryError(f"{root} is not a folder")
        for path, entry in folder._walk(folder.root, 0):
            folder._take(path, entry)
        folder.pages.sort()
        folder.files.sort()
        return folder

    @property
    def name(self) -> str:
        """By which a later run knows the same folder again, wherever it lies then."""
        return normalize("NFC", self.root.name)

    @property
    def title(self) -> str:
        """What it is about: GitHub calls the clone of a wiki after what the wiki belongs to, with `.wiki` behind."""
        return self.name.removesuffix(".wiki")

    @property
    def is_vault(self) -> bool:
        """Whether its author reads it in Obsidian."""
        return (self.root / SIGN).is_dir()

    def bytes_of(self, path: str) -> bytes:
        """The whole content of a listed page."""
        with self.opened(path) as file:
            return file.read()

    @contextmanager
    def opened(self, path: str) -> Iterator[BufferedReader]:
        """A listed file to read from; it may have changed into something else since it was listed."""
        whole = self.root / path
        if not whole.resolve(strict=True).is_relative_to(self.root):
            raise OSError("it leads out of the folder")
        with os.fdopen(os.open(whole, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError("it is not a plain file")
            yield file

    def _walk(self, folder: Path, depth: int) -> Iterator[tuple[str, os.DirEntry[str]]]:
        if depth > DEEPEST:
            self._skip(folder, f"more than {DEEPEST} folders deep")
            return
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self._skip(folder, error.strerror or str(error))
            return
        for entry in entries:
            if entry.name.startswith(".") or entry.name in PASSED_BY:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from self._walk(Path(entry.path), depth + 1)
            else:
                yield Path(entry.path).relative_to(self.root).as_posix(), entry

    def _take(self, path: str, entry: os.DirEntry[str]) -> None:
        try:
            path.encode()
            if entry.is_symlink():
                self._require_inside(Path(entry.path))
            status = entry.stat()
            if stat.S_ISDIR(status.st_mode):
                raise ValueError("a link to a folder")
            if not stat.S_ISREG(status.st_mode):
                raise ValueError("not a plain file")
            if path.lower().endswith(PAGES):
                if status.st_size > LONGEST_PAGE:
                    raise ValueError(f"larger than {LONGEST_PAGE // 1024 // 1024} MB")
                self.pages.append(path)
            elif status.st_size > settings.PALABRE_FILE_SIZE:
                raise ValueError(f"larger than {settings.PALABRE_FILE_SIZE // 1024 // 1024} MB")
            else:
                self.files.append(path)
                if path.lower().endswith(OTHER_MARKUP):
                    self._skip(Path(entry.path), "a page that is not written in Markdown")
        except UnicodeEncodeError:
            self._skip(Path(entry.path), "its name is not text")
        except ValueError as reason:
            self._skip(Path(entry.path), str(reason))
        except (OSError, RuntimeError) as error:
            self._skip(Path(entry.path), getattr(error, "strerror", None) or str(error))

    def _require_inside(self, link: Path) -> None:
        try:
            if not link.resolve(strict=True).is_relative_to(self.root):
                raise ValueError("a link out of the folder")
        except FileNotFoundError as error:
            raise ValueError("a link that leads nowhere") from error

    def _skip(self, path: Path, reason: str) -> None:
        name = os.fsencode(path.relative_to(self.root).as_posix()).decode("utf-8", "backslashreplace")
        self.skipped.append(Skipped(name, reason))


def decode(content: bytes) -> tuple[str, str]:
    """The text of a page, and what is odd about it in words, "" when nothing is. ValueError: it is no text."""
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError("not a text")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), "read as UTF-16"
        except UnicodeDecodeError as error:
            raise ValueError("not a text") from error
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "not UTF-8, read as Windows-1252"
