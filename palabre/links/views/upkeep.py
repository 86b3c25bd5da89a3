"""Wanted pages, orphans, links astray, outside addresses: of one space, or of all that one sees."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from palabre.items.models import Item
from palabre.kit.paging import Page, page
from palabre.links import upkeep
from palabre.spaces import sight
from palabre.spaces.doors import space_or_404
from palabre.spaces.models import Space

LONG = ("source__body", "source__html", "source__outline")
Shown = Callable[[HttpRequest, Space | None], Page]


def _wanted(request: HttpRequest, space: Space | None) -> Page:
    found = page(upkeep.wanted(request.user, space), request, ("-n", "title_key"), 50)
    spaces = sight.of(request.user).spaces
    sources: dict[int, Item] = Item.objects.only("title", "kind").in_bulk([row["source"] for row in found])
    for row in found:
        row["space"] = spaces.get(row["space"])
        row["source"] = sources.get(row["source"])
    return found


def _orphans(request: HttpRequest, space: Space | None) -> Page:
    return page(upkeep.orphans(request.user, space).for_lists(), request, size=30)


def _astray(request: HttpRequest, space: Space | None) -> Page:
    return page(upkeep.astray(request.user, space).select_related("source").defer(*LONG), request, ("-id",), 50)


def _outside(request: HttpRequest, space: Space | None) -> Page:
    found = upkeep.broken_outside(request.user, space).select_related("source", "outside").defer(*LONG)
    return page(found, request, ("-outside_id", "-id"), 50)


SHOWN: dict[str, Shown] = {"wanted": _wanted, "orphans": _orphans, "astray": _astray, "outside": _outside}


@login_required
@require_GET
def keep(request: HttpRequest, slug: str = "", show: str = "wanted") -> HttpResponse:
    """One of the four lists, for those who may mend what stands in it: a stranger signs in first."""
    space = space_or_404(request, slug) if slug else None
    context: dict[str, Any] = {"space": space, "show": show, "page": SHOWN[show](request, space)}
    return render(request, "links/upkeep.html", context)
