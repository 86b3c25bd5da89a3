"""Coming back: after signing in one is led to a page, and whoever opens what only a button does is told so.

A session may end while a page stands open. Its next button then leads to the sign-in, and from there back to where one
was: never to the address of the button, which has nothing to show. Where the button asks for a piece of the page only,
the page stays, and says how to go on.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from palabre.kit import errors


def way_back(request: HttpRequest) -> str:
    """The page asked for; of what was sent, and of a piece, the page it stood on, or the front page where none is
    named."""
    if request.method == "GET" and not errors.of_piece(request):
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    path = urlsplit(came_from)._replace(scheme="", netloc="", fragment="")
    return urlunsplit(path) or "/"


def sign_in(request: HttpRequest) -> str:
    """The address where to sign in, and then come back."""
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({REDIRECT_FIELD_NAME: way_back(request)})}"


class Returning:
    """Middleware: mends the way to the sign-in for what was sent, and gives an address without a page a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 302 and _leads_back_here(request, response):
            if errors.of_piece(request):
                return errors.told(request, 401)
            if request.method == "POST":
                response["Location"] = sign_in(request)
        elif response.status_code == 405 and request.method == "GET" and _is_read(request):
            page = errors.told(request, 405)
            page["Allow"] = response["Allow"]
            return page
        return response


def _leads_back_here(request: HttpRequest, response: HttpResponse) -> bool:
    path, _mark, query = response["Location"].partition("?")
    back = QueryDict(query).get(REDIRECT_FIELD_NAME)
    return path == resolve_url(settings.LOGIN_URL) and back == request.get_full_path()


def _is_read(request: HttpRequest) -> bool:
    """Whether somebody looks at the answer: not a script, not a piece for a page that stands already."""
    return request.accepts("text/html") and not errors.of_piece(request)
