"""Following a list elsewhere: its addresses, a private one for who is signed in, and all the private ones one has."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palabre.authoring.toasts import done
from palabre.feeds.doors import own_token_or_404
from palabre.feeds.listing import Listing, read
from palabre.feeds.models import MOST, Token
from palabre.feeds.sources import FORMATS, Source, absolute, on_behalf
from palabre.feeds.tasks import deny
from palabre.feeds.topics import private_path
from palabre.kit import given, paging

LABELS = {"atom": "Atom", "json": "JSON Feed"}


@never_cache
@require_http_methods(["GET", "POST"])
def elsewhere(request: HttpRequest) -> HttpResponse:
    """`/feeds/elsewhere/?of=/feeds/spaces/reseau`: where programs read that list; posted, a private address is made."""
    source = Source.at(given.text(request.GET, "of", 2000))
    if source is None:
        raise Http404
    listing = _read(request.user, source)
    if listing is None:
        raise Http404
    context: dict[str, Any] = {"listing": listing, "path": source.path}
    if request.method == "POST":
        return _given(request, source, listing, context)
    if _read(AnonymousUser(), source):
        context["open"] = [(LABELS[form], absolute(source.address(form))) for form in FORMATS]
    return _shown(request, context)


def _given(request: HttpRequest, source: Source, listing: Listing, context: dict[str, Any]) -> HttpResponse:
    if not request.user.is_authenticated:
        raise Http404
    with transaction.atomic():
        if Token.objects.of(request.user).count() >= MOST:
            return _shown(request, context | {"full": MOST}, 422)
        token = Token.give(request.user, source, listing.title)
    context["own"] = [(LABELS[form], absolute(private_path(token, form))) for form in FORMATS]
    return _shown(request, context)


def _shown(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(request, "feeds/elsewhere.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"
    return response


def _read(reader: Any, source: Source) -> Listing | None:
    try:
        return read(on_behalf(reader, source.query), source.what, dict(source.parts))
    except Http404:
        return None


@login_required
@require_GET
def addresses(request: HttpRequest) -> HttpResponse:
    """`/feeds/`: the private addresses one has, and when each was last read."""
    page = paging.page(Token.objects.of(request.user), request, ("-made_at", "-id"))
    return render(request, "feeds/addresses.html", {"page": page})


@login_required
@require_POST
def revocation(request: HttpRequest, pk: int) -> HttpResponse:
    """`/feeds/12/revocation/`: the address opens nothing any more, and who was told by it is told no more."""
    token = own_token_or_404(request.user, pk)
    with transaction.atomic():
        for subscription in token.subscriptions.all():
            deny.defer(callback=subscription.callback, topic=subscription.topic)
        token.revoke()
    done(request, _("Revoked: that address opens nothing any more."))
    return redirect("feeds:addresses")
