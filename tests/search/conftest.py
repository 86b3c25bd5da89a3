"""Searching in tests: an index of one's own, brought up to date when asked."""

from pathlib import Path
from typing import Any

import pytest

from palabre.search import follower, house


@pytest.fixture
def index(settings: Any, tmp_path: Path, world: Any) -> Any:
    """`index()` reads what has happened since; the index starts with what the world holds."""
    settings.DATA = tmp_path
    shelf = house.shelf()

    def catch_up() -> None:
        if not follower.usable(shelf):
            follower.rebuild(shelf)
        with shelf.writing() as writer:
            follower.Follower(shelf, writer, shelf.current()).catch_up()

    catch_up()
    return catch_up
