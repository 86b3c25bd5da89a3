"""The live process as Granian serves it: the rooms' routes (`palabre.kit.live`) behind the door of the pages.

The same session cookie, the same hosts, and the browser's word for where a request comes from: pages live at another
port, so reading needs their origin's permission (CORS) and writing is refused to every other origin.
"""

import os
from importlib import import_module

import django
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palabre.project.settings")
django.setup()

from palabre.kit import live  # noqa: E402 - Django first
from palabre.project.health import is_healthy  # noqa: E402

SAFE = {"GET", "HEAD", "OPTIONS"}


class OwnOrigin:
    """Answers only pages of this instance where an origin is named, and writes for nobody else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        origin = request.headers.get("origin", "")
        ours = bool(origin) and live.is_ours(origin, request.headers.get("host", ""))
        if not ours and request.method not in SAFE:
            await PlainTextResponse("Not from here.", 403)(scope, receive, send)
            return
        permission = _permission(origin) if ours else []

        async def send_permitted(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *permission, (b"vary", b"Origin")]
            await send(message)

        if request.method == "OPTIONS":
            await Response(status_code=204)(scope, receive, send_permitted)
        else:
            await self.app(scope, receive, send_permitted)


def _permission(origin: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"access-control-allow-origin", origin.encode()),
        (b"access-control-allow-credentials", b"true"),
        (b"access-control-allow-methods", b"GET, POST"),
        (b"access-control-allow-headers", b"content-type, range, hx-request, x-csrftoken"),
        (b"access-control-expose-headers", b"content-range, location"),
    ]


class SignedIn:
    """Puts the person of the session into the request, as the pages do."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["user"] = await live.ask(_person, Request(scope).cookies.get(settings.SESSION_COOKIE_NAME))
        await self.app(scope, receive, send)


def _person(session_key: str | None) -> object:
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    return get_user(request)


async def health(request: Request) -> Response:
    healthy = await live.ask(is_healthy)
    return PlainTextResponse("ok" if healthy else "no database", 200 if healthy else 503)


application = Starlette(
    routes=[
        Route("/-/health", health),
        *(Route(each.path, each.endpoint, methods=each.methods) for each in live.offers()),
    ],
    middleware=[
        Middleware(TrustedHostMiddleware, allowed_hosts=settings.ALLOWED_HOSTS),
        Middleware(OwnOrigin),
        Middleware(SignedIn),
    ],
)
