"""Large files leave and enter by the live process: a client that takes its time holds no thread there."""

from ipaddress import ip_address

from django.conf import settings
from django.http import Http404
from starlette.concurrency import iterate_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse

from palabre.authoring.files.doors import file_or_404
from palabre.authoring.files.receiving import Received, item_for, language_of, receive
from palabre.authoring.files.serving import Answer, answer
from palabre.kit import live
from palabre.kit.uploads import Body, files_in, receives, taken_in


async def download(request: Request) -> Response:
    """The bytes of a file, as the web process answers them."""
    try:
        given = await live.ask(_opened, request)
    except Http404:
        return PlainTextResponse("Not found.", 404)
    if given.content is None:
        return Response(status_code=given.status, headers=given.headers)
    if request.method == "HEAD":
        given.content.close()
        return Response(status_code=given.status, headers=given.headers)
    return StreamingResponse(iterate_in_threadpool(given.chunks()), given.status, given.headers)


def _opened(request: Request) -> Answer:
    file = file_or_404(request.user, request.path_params["id"])
    given = answer(file, request.headers, request.query_params.get("width", ""))
    if _is_number(request.url.hostname or ""):
        # For this header, browsers take no address in numbers for the site of another, not even itself at another
        # port; cookies, which they do not send there from elsewhere, are what keeps the file from other sites.
        given.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return given


def _is_number(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


@receives
async def upload(request: Request) -> Response:
    """A form or the editor sends files; rights are checked before the first byte and after the last."""
    item = request.path_params.get("id")
    await live.ask(item_for, request.user, item)
    try:
        async with taken_in(request, settings.PALABRE_FILE_SIZE) as body:
            received = await live.ask(_received, request, item, body)
    except OverflowError:
        target = await live.ask(item_for, request.user, item)
        received = Received(target, refusals=[("", "size")], language=language_of(request.user))
    if "text/html" in request.headers.get("accept", "text/html"):
        return RedirectResponse(f"{request.headers['origin']}{received.back}", 303)
    return JSONResponse(await live.ask(lambda: received.said), received.status)


def _received(request: Request, item: int | None, body: Body) -> Received:
    with files_in(request, body) as uploads:
        return receive(request.user, item, uploads)


live.offer("/files/{id:int}/{name}", download)
live.offer("/items/{id:int}/files/", upload, ["POST"])
live.offer("/files/", upload, ["POST"])
