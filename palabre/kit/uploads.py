"""Uploads in the live process: a form is taken in piece by piece, however slow its sender, then taken apart."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import wraps
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import Http404
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

Endpoint = Callable[[Request], Awaitable[Response]]

# What a form adds to the files it carries.
MARGIN = 1024 * 1024


@dataclass(frozen=True)
class Body:
    """All that was sent, on disk."""

    content: IO[bytes]
    size: int


def receives(endpoint: Endpoint) -> Endpoint:
    """An endpoint of uploads, its refusals answered."""

    @wraps(endpoint)
    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Http404:
            return PlainTextResponse("Not found.", 404)
        except PermissionDenied:
            return PlainTextResponse("Forbidden.", 403)
        except (MultiPartParserError, ClientDisconnect):
            return PlainTextResponse("Unreadable.", 400)

    return answered


@asynccontextmanager
async def taken_in(request: Request, most: int) -> AsyncIterator[Body]:
    """The body, when all of it is here; OverflowError when its files are over `most` bytes."""
    with TemporaryFile() as file:
        size = 0
        async for chunk in _bounded(request, most + MARGIN):
            size += len(chunk)
            await run_in_threadpool(file.write, chunk)
        yield Body(file, size)


async def _bounded(request: Request, most: int) -> AsyncIterator[bytes]:
    if int(request.headers.get("content-length") or 0) > most:
        raise OverflowError
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise OverflowError
        yield chunk


@contextmanager
def files_in(request: Request, body: Body) -> Iterator[list[UploadedFile[Any]]]:
    """The files sent as `file`, found by Django's parser."""
    body.content.seek(0)
    meta = {"CONTENT_TYPE": request.headers.get("content-type", ""), "CONTENT_LENGTH": body.size}
    handlers = [TemporaryFileUploadHandler()]
    _fields, files = MultiPartParser(meta, body.content, handlers).parse()  # type: ignore[arg-type]
    uploads: list[UploadedFile[Any]] = files.getlist("file")
    try:
        yield uploads
    finally:
        for each in uploads:
            each.close()
