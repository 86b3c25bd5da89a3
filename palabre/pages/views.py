"""Pages: one of them, the tree of a space, the order among siblings."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from palabre.authoring import showing
from palabre.authoring.toasts import done
from palabre.items.doors import item_or_404
from palabre.items.models import Item
from palabre.kit import given
from palabre.kit.policy import require
from palabre.pages import tree
from palabre.spaces.doors import space_or_404
from palabre.spaces.models import Space
from palabre.spaces.views.spaces import frame

PAGES = showing.door(near=tree.brought())


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """`/pages/12-raccorder-un-client/`."""
    page = PAGES.open(request, pk, "page")
    near = tree.arranged(page, page.near)  # type: ignore[attr-defined]
    return showing.show(request, page, trail=near.trail, children=near.children, siblings=near.siblings, near=near)


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/pages/`: the tree."""
    space = space_or_404(request, slug)
    where = given.whole(request.GET, "after")
    branches = tree.of_space(space, request.user, where)
    if request.htmx and where:  # type: ignore[attr-defined]
        return render(request, "pages/twigs.html", {"branches": branches, "next": branches.next, "arrived": True})
    return render(request, "pages/tree.html", frame(request, space) | {"branches": branches, "next": branches.next})


@require_GET
def below(request: HttpRequest, pk: int) -> HttpResponse:
    """`/pages/12/below/`: the pages right below one; a branch of the tree where it was opened there."""
    page = item_or_404(request, pk, "page")
    where = given.whole(request.GET, "after")
    branches = tree.below(page, request.user, where)
    context = {"item": page, "space": page.space, "branches": branches, "next": branches.next}
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "pages/below.html", context)
    return render(request, "pages/twigs.html" if where else "pages/branches.html", context | {"arrived": True})


@login_required
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """`/pages/12/order/`: the order of the pages below one."""
    page = item_or_404(request, pk, "page")
    require(request.user, "item.edit", page)
    return _ordering(request, lambda: tree.children(page, request.user), item=page, space=page.space)


@login_required
@require_http_methods(["GET", "POST"])
def order_of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/pages/order/`: the order of the pages that stand below no other."""
    space = space_or_404(request, slug)
    require(request.user, "space.steward", space)
    return _ordering(request, lambda: tree.top(space, request.user), space=space)


def _ordering(request: HttpRequest, siblings: Callable[[], list[Item]], **around: Any) -> HttpResponse:
    """Each post moves one of the siblings up, down, to the top or before another; a long list is shown in parts."""
    if request.method == "POST":
        if _reordered(request, siblings, around["space"]):
            done(request, _("Moved."))
        return redirect(request.get_full_path())
    pages = siblings()
    start = min(given.number(request.GET, "start") or 0, len(pages))
    end = start + tree.SHELF
    context = {"pages": pages[start:end], "start": start, "next": end if end < len(pages) else 0}
    context |= {"previous": max(0, start - tree.SHELF), "is_last": end >= len(pages)}
    return render(request, "pages/order.html", around | context)


@transaction.atomic
def _reordered(request: HttpRequest, siblings: Callable[[], list[Item]], space: Space) -> bool:
    tree.order_alone(space)
    pages = siblings()
    moved = _moved(pages, **{name: request.POST.get(name, "") for name in ("page", "to", "before")})
    if moved:
        tree.put_in_order(pages)
    return moved


def _moved(children: list[Item], page: str, to: str, before: str) -> bool:
    """Puts one page "up", "down", "first" or "before" another (else last); whether it stands elsewhere now."""
    places = {str(child.pk): index for index, child in enumerate(children)}
    if page not in places:
        return False
    index = places[page]
    target = index + {"up": -1, "down": 1}.get(to, 0)
    if to == "first":
        target = 0
    if to == "before":
        target = places.get(before, len(children))
        target -= target > index
    if target == index or not 0 <= target < len(children):
        return False
    children.insert(target, children.pop(index))
    return True
