"""Arrival: what a browser sends has come whole before its page takes anything that others wait for.

A form arrives as slowly as the line it comes by. Read where it is used first, it would keep one of the few connections
to the database from everybody else until then.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
REFUSED = (SuspiciousOperation, MultiPartParserError, UnreadablePostError)  # too much, not what it says, cut off


class Arrived:
    """Middleware, before all that asks the database. What cannot be read is refused once it is known who asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("Content-Length") or request.headers.get("Transfer-Encoding"):
            try:
                _ = request.POST if request.content_type in FORMS else request.body
            except REFUSED as refused:
                request.refused = refused  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        if refused := getattr(request, "refused", None):
            raise refused
