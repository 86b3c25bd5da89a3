"""The live process: where large files pass and connections stay open, so that slow clients hold up nobody.

It shares the session and the visibility rule with the pages. A room offers routes there in its `live` module:
`offer("/files/{id:int}", download)`, with `async def download(request)` of Starlette, `request.user` being the person
or the anonymous visitor, and database work going through `await ask(function, …)`; what would never end by itself is
ended by what it gives to `at_end`. `look_again` says to who has the page of an item open that something on it has
changed which no event tells; `waits_anew`, to all open pages of somebody, that something else waits for them now.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection
from django.http import HttpRequest

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

P = ParamSpec("P")
R = TypeVar("R")
Endpoint = Callable[["Request"], Awaitable["Response"]]

PAGES, WAITING = "pages", "waiting"  # the channels of PostgreSQL


@dataclass(frozen=True)
class Offer:
    """A route of the live process."""

    path: str
    endpoint: Endpoint
    methods: tuple[str, ...]


_offers: dict[tuple[str, tuple[str, ...]], Offer] = {}
_endings: set[Callable[[], None]] = set()


def offer(path: str, endpoint: Endpoint, methods: Sequence[str] = ("GET",)) -> None:
    """Registers a route; one path and its methods have one endpoint."""
    key = (path, tuple(methods))
    if key in _offers and _offers[key].endpoint.__module__ != endpoint.__module__:
        raise ValueError(f"{path} is offered already, by {_offers[key].endpoint.__module__}")
    _offers[key] = Offer(path, endpoint, tuple(methods))


def offers() -> list[Offer]:
    """All routes, in the order of their registration."""
    return list(_offers.values())


def at_end(end: Callable[[], None]) -> None:
    """Registers what lets go of open connections, so that the process can stop without waiting for them."""
    _endings.add(end)


def let_go() -> None:
    """Ends what is open: the process is about to stop, and browsers come back to the next one."""
    for end in _endings:
        end()


async def ask(function: Callable[P, R], *arguments: P.args, **options: P.kwargs) -> R:
    """Runs work with the database in a thread, and gives its connection back."""

    def work() -> R:
        try:
            return function(*arguments, **options)
        finally:
            connection.close()

    return await sync_to_async(work, thread_sensitive=False)()


def look_again(item: int, at: str, by: int) -> None:
    """Says, when the transaction commits, that others than `by` may look again `at` a part of the page of an item."""
    _say(PAGES, {"item": item, "at": at, "by": by})


def waits_anew(person: int) -> None:
    """Says, when the transaction commits, that what waits for somebody is no longer what it was: they have read it,
    put it off or muted it. Their pages count again, and lists look again, in whichever tab they stand."""
    _say(WAITING, person)


def _say(channel: str, said: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [channel, json.dumps(said)])


def address(request: HttpRequest) -> str:
    """Where the browser that asks finds the live process: the configured address, else its host at the next port."""
    if settings.LIVE_ADDRESS:
        return str(settings.LIVE_ADDRESS)
    return f"{request.scheme}://{_name(request.get_host())}:{settings.LIVE_PORT}"


def is_ours(origin: str, host: str) -> bool:
    """Whether a page of this origin may act here: it is the configured address, or our own pages on the host asked.

    A host may serve other applications at other ports, and the browser sends them the same cookie.
    """
    if origin == settings.ADDRESS:
        return True
    port = "" if settings.PORT == 80 else f":{settings.PORT}"
    return not settings.LIVE_ADDRESS and origin == f"http://{_name(host).lower()}{port}"


def _name(host: str) -> str:
    """A host without its port; the address of a machine keeps its brackets."""
    return host if host.endswith("]") else host.rsplit(":", 1)[0]
