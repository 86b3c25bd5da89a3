"""What somebody shares with the application from another one."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from palabre.authoring.handing import draft_of
from palabre.kit import given, sharing
from palabre.kit.sharing import Shared

WORDS, TITLE, ADDRESS = 20_000, 250, 2000  # characters of what is taken on, at most
WAY = 4000  # characters of an address that every browser, proxy and server on the way can carry
OURS = ("none", "same-origin")  # as `Sec-Fetch-Site` calls what no page of somebody else has sent


@csrf_exempt  # the system sends it, and knows no token; a draft is made only where no other site can have sent it
@require_http_methods(["GET", "POST"])
def shared(request: HttpRequest) -> HttpResponse:
    """`/share/` with `title`, `text`, `url`, `files`: leads to the form that takes it, filled in; nothing is kept
    before that is sent. What no address can carry, files and long words, is a draft at once.

    Whoever has to sign in first is led here again then; the service worker keeps for them what that cannot carry.
    """
    said = request.POST if request.method == "POST" else request.GET
    told = Shared.read(
        given.text(said, "title", TITLE), given.text(said, "text", WORDS), given.text(said, "url", ADDRESS)
    )
    files = request.FILES.getlist("files")
    if not request.user.is_authenticated:
        return redirect_to_login(_fitting(told, lambda some: _here(some, files=bool(files))), reverse("account_login"))
    way = sharing.way_on(told)
    if way is None:
        raise Http404
    if (files or len(way) > WAY) and request.headers.get("Sec-Fetch-Site") in OURS:
        draft, refused = draft_of(request.user, told, files)
        for name, sentence in refused:
            messages.error(request, _("%(name)s: %(why)s") % {"name": name, "why": sentence})
        return redirect(draft)
    if files or "without" in said:
        messages.error(request, _("The files did not come along. Add them here, in the text."))
    return redirect(_fitting(told, lambda some: sharing.way_on(some) or ""))


def _here(told: Shared, *, files: bool) -> str:
    """This address, with what was shared."""
    said = {"title": told.title, "text": told.words, "url": told.address, "without": "files" if files else ""}
    return f"{reverse('push:share')}?{urlencode({name: value for name, value in said.items() if value})}"


def _fitting(told: Shared, way: Callable[[Shared], str]) -> str:
    """The way on, with as many of the words as it can carry."""
    while len(address := way(told)) > WAY and told.words:
        told = replace(told, words=told.words[: len(told.words) * 3 // 4])
    return address
