"""Headers that every answer carries: what a page may load, and that no shared cache keeps what one person saw."""

import secrets
from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from palabre.kit.live import address

POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data: blob: {live}; connect-src 'self' {live}; object-src 'none'; base-uri 'none'; "
    "form-action 'self' {live}; frame-ancestors 'none'"
)


class Headers:
    """Middleware: a content security policy with a nonce (`request.csp_nonce`), and `private, no-store` by default."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce, live=_live(request)))
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Cache-Control", "private, no-store")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["HX-Request", "Cookie", "Accept-Language"])
        return response


def _live(request: HttpRequest) -> str:
    try:
        return address(request)
    except DisallowedHost:  # answered with 400, and with nothing of the host it named
        return ""
