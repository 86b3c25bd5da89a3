"""Keeping: pieces of pages that are the same from one request to the next, drawn once for all they depend on.

Measured, drawing the frame took longer than everything else on most pages. Whatever a kept piece shows must be in its
key; what changes with every request goes in afterwards. Nothing is kept while developing.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

from django.conf import settings

MOST = 4_000_000  # characters in each process
Piece = TypeVar("Piece")


class Shelf(Generic[Piece]):
    """What was used last, whichever thread put it here, up to `most` of what `weigh` says of each."""

    def __init__(self, most: int, weigh: Callable[[Piece], int]) -> None:
        self._most, self._weigh, self._lock = most, weigh, Lock()
        self._pieces: OrderedDict[Hashable, Piece] = OrderedDict()
        self._weight = 0

    def find(self, key: Hashable) -> Piece | None:
        """The piece of that key, if it is here."""
        with self._lock:
            piece = self._pieces.get(key)
            if piece is not None:
                self._pieces.move_to_end(key)
            return piece

    def put(self, key: Hashable, piece: Piece) -> None:
        """Has it take the place of what is there under that key, and of what was used longest ago."""
        with self._lock:
            if (before := self._pieces.pop(key, None)) is not None:
                self._weight -= self._weigh(before)
            self._pieces[key] = piece
            self._weight += self._weigh(piece)
            while self._weight > self._most:
                self._weight -= self._weigh(self._pieces.popitem(last=False)[1])

    def get(self, key: Hashable, draw: Callable[[], Piece]) -> Piece:
        """The piece of that key, drawn now if it was not."""
        piece = self.find(key)
        if piece is None:
            piece = draw()
            self.put(key, piece)
        return piece

    def clear(self) -> None:
        """Takes all away."""
        with self._lock:
            self._pieces.clear()
            self._weight = 0


shelf: Shelf[str] = Shelf(MOST, len)


def kept(key: Hashable, draw: Callable[[], Any]) -> str:
    """What `draw` gives, kept under all that it depends on."""
    return str(draw()) if settings.DEBUG else shelf.get(key, lambda: str(draw()))
