"""Keeping: pieces of pages that are the same from one request to the next, drawn once for all they depend on.

Measured, drawing the frame took longer than everything else on most pages. Whatever a kept piece shows must be in its
key; what changes with every request goes in afterwards. Nothing is kept while developing.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

from django.conf import settings

MOST = 1024  # pieces of some KB in each process


class Shelf:
    """The pieces used last, whichever thread drew them."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, Lock()
        self._pieces: OrderedDict[Hashable, str] = OrderedDict()

    def get(self, key: Hashable, draw: Callable[[], str]) -> str:
        """The piece of that key, drawn now if it was not."""
        with self._lock:
            if piece := self._pieces.get(key):
                self._pieces.move_to_end(key)
                return piece
        piece = draw()
        with self._lock:
            self._pieces[key] = piece
            while len(self._pieces) > self._most:
                self._pieces.popitem(last=False)
        return piece


shelf = Shelf()


def kept(key: Hashable, draw: Callable[[], Any]) -> str:
    """What `draw` gives, kept under all that it depends on."""
    return str(draw()) if settings.DEBUG else shelf.get(key, draw)
