"""Beginning what follows from an item."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from palabre.items.doors import item_or_404
from palabre.kit import given
from palabre.kit.policy import may
from palabre.links import following


@login_required
@require_http_methods(["GET", "POST"])
def sequel(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/sequel/`: what it may become; a post opens the desk for one of the `kind`, which remembers it."""
    item = item_or_404(request, pk)
    if not following.may_go_on(request.user, item):
        raise PermissionDenied("links.sequel")
    ways = following.ways(request.user)
    if request.method == "POST":
        kind = given.text(request.POST, "kind", 20)
        if kind not in {each.name for each, at_desk in ways if at_desk}:
            raise Http404
        return redirect(following.begin(item, kind, request.user))
    told = [(kind, "" if at_desk else following.address(kind, item)) for kind, at_desk in ways]
    context = {"item": item, "ways": told, "may_lead": may(request.user, "link.lead", item)}
    return render(request, "links/sequel.html", context)
