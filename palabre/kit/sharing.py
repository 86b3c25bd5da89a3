"""Sharing: what somebody hands over from another application, and the rooms that make something of it.

A room offers a taker, which says where what was shared is taken further, or that it is not for that room.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_AFTER = ".,;:!?)»…"  # what a sentence puts behind an address


@dataclass(frozen=True)
class Shared:
    """Title, words and address, as far as the other application tells them; each may be empty."""

    title: str = ""
    words: str = ""
    address: str = ""

    @classmethod
    def read(cls, title: str, words: str, address: str) -> "Shared":
        """As it was handed over; many applications give an address as the last of the words, or nothing but that.

        What is no address of the web is taken for words.
        """
        if address and not _ADDRESS.fullmatch(address):
            words, address = f"{words} {address}".strip(), ""
        if not address and (found := _ADDRESS.findall(words)):
            address = found[-1].rstrip(_AFTER)
            rest = words.replace(found[-1], "") if words.rstrip().endswith(found[-1]) else words
            words = rest.strip()
        return cls(title, "" if words in (title, address) else words, address)


Taker = Callable[[Shared], str | None]
_takers: dict[str, tuple[int, Taker]] = {}


def offer(name: str, taker: Taker, order: int = 50) -> None:
    """Adds a taker: it returns the address of a page with what was shared filled in, or None."""
    _takers[name] = (order, taker)


def way_on(shared: Shared) -> str | None:
    """Where the first room that takes it leads."""
    ordered = sorted(_takers.items(), key=lambda each: (each[1][0], each[0]))
    return next((way for _name, (_order, taker) in ordered if (way := taker(shared))), None)
