"""Behind a proxy: who asks, and that the line is encrypted (`docs/proxy.md`).

Palabre itself speaks http, so a proxy takes the encryption off and asks in everybody's name. Whether the line is
encrypted is told by the configured address, which no request can change. Who asks is told by `X-Forwarded-For`, which
anybody can send: it is believed as far as the addresses of PALABRE_PROXIES reach, and no further.
"""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class BehindProxy:
    """Middleware: the request as the browser sent it. First of all, since the others ask it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.ADDRESS.startswith("https:"):
            request.META["wsgi.url_scheme"] = "https"
        if settings.PALABRE_PROXIES:
            asked_by = request.META.get("REMOTE_ADDR", "")
            request.META["REMOTE_ADDR"] = client(asked_by, request.headers.get("X-Forwarded-For", ""))
        return self.get_response(request)


def client(asked_by: str, forwarded: str) -> str:
    """The last address in the row that is none of our proxies; each proxy adds the one that asked it."""
    named = forwarded.split(",") if forwarded else []
    while named and _is_ours(asked_by):
        before = _read(named.pop())
        if before is None:
            break
        asked_by = str(before)
    return asked_by


def _is_ours(address: str) -> bool:
    read = _read(address)
    return read is not None and any(read in network for network in settings.PALABRE_PROXIES)


def _read(text: str) -> IPv4Address | IPv6Address | None:
    try:
        read = ip_address(text.strip())
    except ValueError:
        return None
    return (read.ipv4_mapped if isinstance(read, IPv6Address) else None) or read
