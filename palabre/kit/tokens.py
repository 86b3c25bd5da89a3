"""The token that every form of a page carries against forgery (CSRF), drawn once a request.

Django draws one for each form, sixty-four random numbers each time: measured, two milliseconds of a page of an item.
What each form says is masked anew with each answer all the same, which is what keeps it from being guessed (BREACH).
"""

from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject


def token(request: HttpRequest) -> str:
    """The token of this answer; another once the secret behind it has changed, as on signing in."""
    secret, kept = getattr(request, "_token", ("", ""))
    if not kept or secret != request.META.get("CSRF_COOKIE"):
        kept = get_token(request)
        request._token = request.META["CSRF_COOKIE"], kept  # type: ignore[attr-defined]
    return kept


def csrf_token(request: HttpRequest) -> dict[str, Any]:
    """A context processor, in place of Django's own."""
    return {"csrf_token": SimpleLazyObject(lambda: token(request))}
