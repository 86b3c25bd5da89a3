"""Data folders for real processes: where PostgreSQL's user can reach them, and gone afterwards."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.processes.serving import serving


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="palabre-processes-"))
    folder.chmod(0o711)
    yield folder / "data"
    shutil.rmtree(folder)


@pytest.fixture
def data() -> Iterator[Path]:
    """The place of a data folder that does not exist yet."""
    with _folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """A data folder that was served once."""
    with _folder() as folder:
        with serving(folder):
            pass
        yield folder
