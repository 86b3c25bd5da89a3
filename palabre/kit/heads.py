"""Whoever asks for the head of a page is answered as if they had asked for the page, without its body (RFC 9110)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class Heads:
    """Middleware: no view has to know that there is such a question."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        try:
            return self.get_response(request)
        finally:
            request.method = "HEAD"
