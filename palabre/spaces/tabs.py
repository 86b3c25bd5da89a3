"""Tabs: the lists of a space, offered by the rooms whose they are. What keeps a space going stands in its menu."""

from dataclasses import dataclass
from html import escape
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from palabre.spaces.models import Space


@dataclass(frozen=True)
class Tab:
    """A list of every space, at its address: `/spaces/SLUG/NAME/`, and below it."""

    name: str
    label: Any
    order: int

    def address(self, space: Space) -> str:
        return f"{space.get_absolute_url()}{self.name}/"


_tabs: list[Tab] = []  # in their order


def offer(tab: Tab) -> Tab:
    """Makes a tab known; a second one of the same name replaces the first."""
    others = [other for other in _tabs if other.name != tab.name]
    _tabs[:] = sorted([*others, tab], key=lambda each: (each.order, each.name))
    return tab


def drawn(request: HttpRequest, space: Space) -> SafeString:
    """The tabs of a space, the one where the reader is said to be so."""
    pieces = []
    for tab in _tabs:
        address = tab.address(space)
        current = ' aria-current="page"' if request.path.startswith(address) else ""
        pieces.append(f'<a href="{escape(address)}"{current}>{escape(str(tab.label))}</a>')
    return mark_safe("\n".join(pieces))  # noqa: S308 - escaped piece by piece
