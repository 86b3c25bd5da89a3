"""Golden files: what a letter says whole, kept to be read by a person beside what the test gets."""

import re
from pathlib import Path

from palabre.kit.layout import BLOCKS
from tests.reading import close

_BLOCK = re.compile(rf"(?=<(?:{BLOCKS})\b)")


def agrees(path: Path, body: str) -> None:
    """The file says what the body says. HTML is compared as a browser reads it, each block on a line of its own: how
    its template is laid out is nobody's business here.
    """
    read = _BLOCK.sub("\n", close(body)).strip() + "\n" if path.suffix == ".html" else body
    assert read == path.read_text(), f"{path.name} says something else:\n{read}"
