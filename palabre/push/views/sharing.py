"""What somebody shares with the application from another one."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from palabre.kit import given, sharing

WORDS, TITLE, ADDRESS = 5000, 250, 2000  # characters of what is taken on, at most: it travels in an address


@login_required
@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """`/share/?title=&text=&url=`: leads to the form that takes it, filled in; nothing is kept before that is sent."""
    told = sharing.Shared.read(
        given.text(request.GET, "title", TITLE),
        given.text(request.GET, "text", WORDS),
        given.text(request.GET, "url", ADDRESS),
    )
    way = sharing.way_on(told)
    if way is None:
        raise Http404
    return redirect(way)
