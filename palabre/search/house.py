"""The index of this instance: where it lies, and the one copy of it a process holds open."""

from functools import cache
from pathlib import Path

from django.conf import settings

from palabre.search.engine import Shelf


def shelf() -> Shelf:
    """The index in the data folder."""
    return _shelf(Path(settings.DATA) / "index")


@cache
def _shelf(folder: Path) -> Shelf:
    return Shelf(folder)
