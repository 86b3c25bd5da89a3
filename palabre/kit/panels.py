"""Panels: what a room shows on pages it does not know.

A page names a slot (`item.aside`); rooms offer panels for it. So tags and backlinks stand on an idea's page
though neither imports the other. A panel states how many queries it costs; the page's budget is their sum.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.template import Context, loader
from django.utils.translation import get_language

from palabre.kit import keeping

Load = Callable[..., dict[str, Any] | None]
# What the context processors say, once for a page and all its panels.
OF_REQUEST = ("request", "user", "perms", "messages", "csrf_token")


@dataclass(frozen=True)
class Panel:
    """One thing shown in a slot.

    `load(request, **context)` returns the template's context, or None when there is nothing to show. `kept`: it is
    drawn once for each value of what `load` gives as `key`, or else for each value of all that it gives, and in each
    language; its template shows nothing that depends on anything else.
    """

    slot: str
    name: str
    template: str
    load: Load
    queries: int = 0
    order: int = 50
    kept: bool = False


_offered: dict[str, list[Panel]] = defaultdict(list)


def offer(panel: Panel) -> Panel:
    """Adds a panel to its slot; a second one of the same name replaces the first."""
    kept = [other for other in _offered[panel.slot] if other.name != panel.name]
    _offered[panel.slot] = sorted([*kept, panel], key=lambda each: (each.order, each.name))
    return panel


def offered(slot: str) -> tuple[Panel, ...]:
    """The panels of a slot, in their order."""
    return tuple(_offered[slot])


def render(request: HttpRequest, slot: str, given: dict[str, Any], page: Context | None = None) -> list[str]:
    """The HTML of each panel of a slot that has something to show.

    `page` is the context of the page it stands on: of it a panel sees what is true of the whole request.
    """
    pieces: list[str] = []
    for panel in offered(slot):
        loaded = panel.load(request, **given)
        if loaded is None:
            continue
        said = {**given, **loaded, "panel": panel}
        if panel.kept:
            key = (get_language(), panel.name, loaded["key"] if "key" in loaded else tuple(loaded.values()))
            pieces.append(keeping.kept(key, partial(_drawn, panel, said, request, page)))
        else:
            pieces.append(_drawn(panel, said, request, page))
    return pieces


def _drawn(panel: Panel, said: dict[str, Any], request: HttpRequest, page: Context | None) -> str:
    template: Any = loader.get_template(panel.template)
    if page is None:
        return str(template.render(said, request))
    shared = {name: page[name] for name in OF_REQUEST if name in page}
    return str(template.template.render(page.new(shared | said)))
