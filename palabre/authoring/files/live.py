"""Large files leave and enter by the live process: a client that takes its time holds no thread there."""

from collections.abc import AsyncIterator
from ipaddress import ip_address
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import Http404
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse

from palabre.authoring.files.doors import file_or_404
from palabre.authoring.files.receiving import Received, item_for, receive
from palabre.authoring.files.serving import Answer, answer
from palabre.kit import live

# What a form adds to the files it carries.
MARGIN = 1024 * 1024


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


async def upload(request: Request) -> Response:
    """A form or the editor sends files; rights are checked before the first byte and after the last."""
    item = request.path_params.get("id")
    try:
        await live.ask(item_for, request.user, item)
        with TemporaryFile() as body:
            size = 0
            async for chunk in _bounded(request):
                size += len(chunk)
                await run_in_threadpool(body.write, chunk)
            received = await live.ask(_received, request, item, body, size)
    except Http404:
        return PlainTextResponse("Not found.", 404)
    except PermissionDenied:
        return PlainTextResponse("Forbidden.", 403)
    except (MultiPartParserError, ClientDisconnect):
        return PlainTextResponse("Unreadable.", 400)
    except OverflowError:
        received = Received(await live.ask(item_for, request.user, item), [], "size")
    if "text/html" in request.headers.get("accept", "text/html"):
        return RedirectResponse(f"{request.headers['origin']}{received.back}", 303)
    return JSONResponse(await live.ask(lambda: received.said), received.status)


async def _bounded(request: Request) -> AsyncIterator[bytes]:
    most = settings.PALABRE_FILE_SIZE + MARGIN
    if int(request.headers.get("content-length") or 0) > most:
        raise OverflowError
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise OverflowError
        yield chunk


def _received(request: Request, item: int | None, body: IO[bytes], size: int) -> Received:
    """Takes the form apart with Django's parser, once all of it is here."""
    body.seek(0)
    meta = {"CONTENT_TYPE": request.headers.get("content-type", ""), "CONTENT_LENGTH": size}
    handlers = [TemporaryFileUploadHandler()]
    _fields, files = MultiPartParser(meta, body, handlers).parse()  # type: ignore[arg-type]
    uploads: list[UploadedFile[Any]] = files.getlist("file")
    try:
        return receive(request.user, item, uploads)
    finally:
        for each in uploads:
            each.close()


live.offer("/files/{id:int}/{name}", download)
live.offer("/items/{id:int}/files/", upload, ["POST"])
live.offer("/files/", upload, ["POST"])
