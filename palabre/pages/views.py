"""Pages: one of them, the tree of a space, the order among siblings."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from palabre.authoring import showing
from palabre.authoring.toasts import done
from palabre.items.doors import item_or_404
from palabre.items.models import Item
from palabre.kit.policy import require
from palabre.pages import tree
from palabre.spaces.doors import space_or_404
from palabre.spaces.views.spaces import frame

PAGES = showing.door(near=tree.brought())


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """`/pages/12-raccorder-un-client/`."""
    page = PAGES.open(request, pk, "page")
    near = tree.arranged(page, [Item(**brief) for brief in page.near])  # type: ignore[attr-defined]
    return showing.show(request, page, trail=near.trail, children=near.children, siblings=near.siblings)


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/pages/`: the tree."""
    space = space_or_404(request, slug)
    branches, more = tree.of_space(space, request.user)
    context = frame(request, space) | {"branches": branches, "more": more}
    return render(request, "pages/tree.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """`/pages/12/order/`: the order of the pages below one; each post moves one of them up, down or before another."""
    page = item_or_404(request, pk, "page")
    require(request.user, "item.edit", page)
    children = tree.around(page, request.user).children
    if request.method == "POST":
        if _moved(children, **{name: request.POST.get(name, "") for name in ("page", "to", "before")}):
            tree.put_in_order(children)
            done(request, _("Moved."))
        return redirect("pages:order", pk=page.pk)
    return render(request, "pages/order.html", {"item": page, "space": page.space, "children": children})


def _moved(children: list[Item], page: str, to: str, before: str) -> bool:
    """Puts one page `to` "up", "down" or "before" another (else last); whether it stands elsewhere now."""
    places = {str(child.pk): index for index, child in enumerate(children)}
    if page not in places:
        return False
    index = places[page]
    target = index + {"up": -1, "down": 1}.get(to, 0)
    if to == "before":
        target = places.get(before, len(children))
        target -= target > index
    if target == index or not 0 <= target < len(children):
        return False
    children.insert(target, children.pop(index))
    return True
