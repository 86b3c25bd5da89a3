"""Committing somebody to something, from what leads to it or by itself."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palabre.authoring import acting, reach, writing
from palabre.authoring.toasts import done
from palabre.commitments.forms import Making
from palabre.commitments.models import made
from palabre.items.doors import item_or_404
from palabre.items.models import Item
from palabre.kit import given
from palabre.kit.policy import require
from palabre.spaces import nowhere

USUAL = timedelta(days=30)


@login_required
@require_http_methods(["GET", "POST"])
def alone(request: HttpRequest) -> HttpResponse:
    """`/commitments/new/?space=reseau`: a commitment of its own."""
    return _make(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def from_item(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/commitment/`: a commitment to which something leads; each shows the other to who sees both."""
    return _make(request, item_or_404(request, pk))


def _make(request: HttpRequest, source: Item | None) -> HttpResponse:
    by = request.user
    require(by, "commitment.make")
    spaces = reach.writable(by)
    if source and not (spaces and source.is_readable):
        raise PermissionDenied("commitment.make")
    if not spaces:
        return nowhere.page(request)
    asked = source.space.slug if source else given.text(request.GET, "space")
    initial = {"carrier": f"@{by.handle}", "due": localdate() + USUAL, "space": asked}  # type: ignore[union-attr]
    form = Making(request.POST or None, initial=initial, spaces=spaces, by=by)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        space = said.pop("space")
        require(by, "space.write", space)
        with transaction.atomic():
            item = writing.publish("commitment", space, by, said.pop("title"), said.pop("body"), **said)
            made(item, by, source)
        done(request, _("It stands; its day will be remembered."))
        return redirect(item)
    lede = _("What will be done, by whom and by when; and one day, what came of it.")
    if source:
        lede = _("“%(title)s” leads to it: whoever took part there hears whether it was kept.") % {
            "title": source.title
        }
    asks, button = _("Commit to something"), _("Commit to it")
    return acting.page(
        request, source, form, asks, button, icon="user-check", lede=lede, template="commitments/making.html"
    )
