"""The reader's way: the language and the time zone in which a page speaks to whoever asks for it."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

KNOWN = {code for code, _ in settings.LANGUAGES}


class ReadersWay:
    """Middleware: the person's own choice, else the cookie of a visitor, else what the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        chosen = getattr(person, "language", "")
        language = chosen if chosen in KNOWN else translation.get_language_from_request(request)
        with translation.override(language), timezone.override(_zone(getattr(person, "time_zone", "UTC"))):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")
