"""When something cannot be done: pages that say what to do now, in the product's look and the reader's language.

What went wrong on our side (500, 503) is told by a page that needs nothing: no database, no session, no file.
"""

import sys
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

OUT_OF_TIME = {"57014", "25P03"}  # of PostgreSQL: a statement was cancelled, a transaction stood still


def told(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    """The page of an error that is the request's. Whose page stands open is told first that they have to sign in."""
    if of_piece(request) and status in (403, 404) and not request.user.is_authenticated:  # type: ignore[attr-defined]
        status = 401
    return _drawn(request, str(status), {"status": status, "reason": reason})


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400, or 413 when what was sent is too large; in plain words when we do not even know who asks."""
    if not hasattr(request, "user"):
        return _plain("refused", 400, request)
    return told(request, 413 if isinstance(exception, RequestDataTooBig) else 400, _words(exception))


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: one may read, but not do this."""
    return told(request, 403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: it does not exist, or one may not know that it does."""
    return told(request, 404)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form that was open for too long, or did not come from here."""
    return _drawn(request, "forged", {"status": 403})


def failed(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database does not answer, or was given no more time to."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError) and getattr(error.__cause__, "sqlstate", None) in OUT_OF_TIME:
        # Before we know who asks, the browser says in which language.
        known = getattr(request, "LANGUAGE_CODE", None) or translation.get_language_from_request(request)
        with translation.override(known):
            return _plain("slow", 503, request)
    status = 503 if isinstance(error, OperationalError | InterfaceError) else 500
    return _plain(str(status), status, request)


def of_piece(request: HttpRequest) -> bool:
    """Whether what was asked for is a piece of a page that stands already: an error is said there, in a line."""
    return "HX-Request" in request.headers


def _drawn(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    within = {"within": "kit/errors/said.html"} if of_piece(request) else {}
    return render(request, f"kit/errors/{name}.html", context | within, status=context["status"])


def _plain(name: str, status: int, request: HttpRequest) -> HttpResponse:
    within = "kit/errors/plainly_said.html" if of_piece(request) else ""
    told = {"within": within, "language": translation.get_language()}
    response = HttpResponse(render_to_string(f"kit/errors/{name}.html", told), status=status)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"
    return response


def _words(exception: Any) -> str:
    return str(exception) if type(exception) is BadRequest else ""
