"""What the live process offers of signals: the stream of an open page, and that somebody is writing there."""

from collections.abc import AsyncIterator

from django.conf import settings
from django.http import Http404, HttpRequest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from palabre.items.doors import item_or_404
from palabre.items.models import Item
from palabre.journal.following import Position
from palabre.kit import live
from palabre.kit.policy import may
from palabre.people.sessions import digest
from palabre.signals import news
from palabre.signals.streams import Stream, hub

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


async def stream(request: Request) -> Response:
    """`/news/?item=12&language=fr`: server-sent events `inbox`, `item`, `page`, `writing` and `gone`.

    `Last-Event-ID` is the place in the journal from which the browser comes back.
    """
    person = request.user
    if not person.is_authenticated:
        return PlainTextResponse("Sign in first.", 401)
    item = None
    if number := _number(request.query_params.get("item", "")):
        try:
            item = await live.ask(_item, request, number)
        except Http404:
            return PlainTextResponse("Not found.", 404)
    language = request.query_params.get("language", "")
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    session = digest(request.cookies.get(settings.SESSION_COOKIE_NAME, ""))
    opened = Stream(person.pk, known, item.pk if item else 0, item.space_id if item else 0, session)
    after = Position.read(request.headers.get("last-event-id") or request.query_params.get("after", ""))

    async def told() -> AsyncIterator[bytes]:
        try:
            yield b"retry: 2000\n\n"
            await hub.join(opened, after)
            async for piece in opened:
                yield piece
        finally:
            hub.leave(opened)

    return StreamingResponse(told(), media_type="text/event-stream", headers=HEADERS)


async def writing(request: Request) -> Response:
    """`POST /news/12/writing/`: who may comment there says that they are about to."""
    try:
        await live.ask(_write, request)
    except Http404:
        return PlainTextResponse("Not found.", 404)
    return Response(status_code=204)


def _write(request: Request) -> None:
    person = request.user
    if not person.is_authenticated:
        raise Http404
    item = _item(request, request.path_params["id"])
    if not may(person, "item.comment", item):
        raise Http404
    news.is_writing(person, item)


def _item(request: Request, number: int) -> Item:
    asked = HttpRequest()
    asked.user = request.user
    item = item_or_404(asked, number, apart=True)
    if not item.is_readable:
        raise Http404
    return item


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) <= 18 else 0


live.offer("/news/", stream)
live.offer("/news/{id:int}/writing/", writing, ["POST"])
live.at_end(hub.end)
