"""Where the bytes of files lie: a storage of Django, so that another one may follow, each content under its digest.

A file that was acknowledged is on the disk: written aside, flushed, and only then given its name.
"""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.base import File as Content
from django.core.files.storage import FileSystemStorage, default_storage


class Durable(FileSystemStorage):
    """The data folder, where a name appears at once with its whole content or not at all."""

    def _save(self, name: str, content: Content) -> str:
        place = Path(self.path(name))
        place.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as aside:
            try:
                for chunk in content.chunks():
                    aside.write(chunk)
                aside.flush()
                os.fsync(aside.fileno())
                Path(aside.name).replace(place)
            except BaseException:
                Path(aside.name).unlink(missing_ok=True)
                raise
        for folder in (place.parent, place.parent.parent):
            _flush(folder)
        return name


def _flush(folder: Path) -> None:
    """The new entry of a folder reaches the disk too."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def place(digest: str, width: int | None = None) -> str:
    """The name under which a content lies, or the picture of that content made narrower."""
    return f"{digest[:2]}/{digest[2:]}" + (f".{width}" if width else "")


def keep(name: str, content: Content) -> None:
    """Stores a content under its name unless it is there."""
    if not default_storage.exists(name):
        default_storage.save(name, content)


HOLDERS: list[Any] = []


def holds_contents(model: Any) -> Any:
    """A model whose rows name contents by `digest`, and the narrower pictures of each by `widths`: no tidying takes
    away what one of them names, and a copy of the tables takes it along.
    """
    HOLDERS.append(model)
    return model


def is_named(digest: str) -> bool:
    """Whether some row still names that content."""
    return any(model._default_manager.filter(digest=digest).exists() for model in HOLDERS)
