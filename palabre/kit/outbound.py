"""The one door to the outside: every request this server makes for somebody goes through `fetch` or `send`.

What people name is hostile until shown otherwise: it may point inside, redirect inside, never end, unpack to
gigabytes, or be no page at all. Each of these comes back as `Refused` with a reason in one word, and nothing
else can happen. No cookie, no credential, no proxy of the environment, no connection kept for the next
request.
"""

import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from functools import cache
from typing import Any

import httpcore
import httpx
from django.conf import settings

from palabre.kit.connecting import Outside, trust
from palabre.kit.destinations import Allowed, Unreachable, check

AGENT = "Palabre/1 (reads the addresses that people keep here)"
SENDER = "Palabre/1 (tells what happens here)"
PAGES = ("text/html", "application/xhtml+xml", "text/plain")
REDIRECTIONS = {301, 302, 303, 307, 308}
PERMANENT = {301, 308}
CHUNK = 64 * 1024


class Refused(Exception):
    """Nothing was brought back. `reason`: scheme, port, credentials, name, inside, network, time, size, type,
    coding, redirects, protocol; to store and to show. `retry` tells whether trying later makes sense.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason

    @property
    def retry(self) -> bool:
        return self.reason in {"name", "network", "time"}


@dataclass(frozen=True)
class Limits:
    """`size` counts bytes as unpacked, `seconds` the whole of it, redirects included; empty `types` takes
    any.
    """

    size: int = 5 * 1024 * 1024
    seconds: float = 20.0
    redirects: int = 5
    types: tuple[str, ...] = PAGES


@dataclass(frozen=True)
class Fetched:
    """An answer. `address` is where it was found; `moved` the address to remember, if only permanent moves
    led there.
    """

    address: str
    moved: str | None
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False, default=b"")

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def content_type(self) -> str:
        return _content_type(self.headers)[0]

    @property
    def charset(self) -> str | None:
        return _content_type(self.headers)[1]


def allowed() -> Allowed:
    """What the settings open beyond the web."""
    return _allowed(tuple(settings.PALABRE_OUTBOUND_ALLOW), tuple(settings.PALABRE_OUTBOUND_PORTS))


def fetch(
    address: str,
    limits: Limits | None = None,
    *,
    read: bool = True,
    before: Callable[[str], None] | None = None,
) -> Fetched:
    """Brings back what stands at an outside address, any status included. Raises Refused.

    It only reads, and says nothing of its own: whatever it told would go along to any host a redirection leads to.

    With `read=False` the body stays where it is: enough to know whether an address still answers. `before`
    hears the host of every request that is about to be made, redirections included, and may wait.
    """
    limits = limits or Limits()
    deadline = time.monotonic() + limits.seconds
    moved: str | None = None
    only_permanent = True
    for _hop in range(limits.redirects + 1):
        url = _parse(address)
        if before is not None:
            before(url.netloc.decode("ascii"))
        answer = _ask(url, limits, deadline, read)
        target = answer.headers.get("location")
        if answer.status not in REDIRECTIONS or not target:
            return Fetched(str(url), moved, answer.status, answer.headers, answer.body)
        only_permanent = only_permanent and answer.status in PERMANENT
        try:
            address = str(url.join(target).copy_with(fragment=None))
        except (httpx.InvalidURL, ValueError) as failure:
            raise Refused("protocol", "unreadable redirection") from failure
        moved = address if only_permanent else moved
    raise Refused("redirects", f"more than {limits.redirects}")


def send(address: str, body: bytes, headers: Mapping[str, str], limits: Limits | None = None) -> Fetched:
    """Carries `body` to an outside address by POST and brings back the answer, any status included. Raises Refused.

    No redirection is followed: what is told was meant for this address. Of the answer only the first `limits.size`
    bytes are read, of whatever type; one that breaks off after its status has answered all the same.
    """
    limits = limits or Limits(size=1024)
    told = {"User-Agent": SENDER, "Accept-Encoding": "identity", **headers, "Content-Length": str(len(body))}
    line = [(name.encode("ascii"), value.encode("ascii")) for name, value in told.items()]
    url, deadline = _parse(address), time.monotonic() + limits.seconds
    with _answer(url, deadline, "POST", line, body) as (status, found, chunks):
        return Fetched(str(url), None, status, found, _beginning(chunks, limits.size))


def _ask(url: httpx.URL, limits: Limits, deadline: float, read: bool) -> Fetched:
    line = [(b"User-Agent", AGENT.encode()), (b"Accept-Encoding", b"gzip, deflate")]
    with _answer(url, deadline, "GET", line) as (status, found, chunks):
        wanted = read and status not in REDIRECTIONS
        body = _body(chunks, found, status, limits) if wanted else b""
        return Fetched(str(url), None, status, found, body)


@contextmanager
def _answer(
    url: httpx.URL, deadline: float, method: str, line: list[tuple[bytes, bytes]], content: bytes | None = None
) -> Iterator[tuple[int, dict[str, str], Iterator[bytes]]]:
    """Status, headers and body, as it comes, of what an address answers. Raises Refused."""
    name = url.raw_host.decode("ascii")
    port = url.port or (443 if url.scheme == "https" else 80)
    line = [(b"Host", url.netloc), (b"Accept", b"*/*"), (b"Connection", b"close"), *line]
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=port, target=url.raw_path)
    try:
        opened = allowed()
        check(url.scheme, name, port, opened)
        outside = Outside(deadline, opened)
        with (
            httpcore.ConnectionPool(ssl_context=trust(), network_backend=outside, max_connections=1) as pool,
            pool.stream(method, target, headers=line, content=content) as response,
        ):
            found = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            yield response.status, found, response.iter_stream()
    except Unreachable as failure:
        raise Refused(failure.reason, str(failure)) from failure
    except httpcore.TimeoutException as failure:
        raise Refused("time") from failure
    except (httpcore.NetworkError, ssl.SSLError, OSError) as failure:
        raise Refused("network", str(failure)) from failure
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol, ValueError) as failure:
        raise Refused("protocol", str(failure)) from failure


def _beginning(chunks: Iterable[bytes], size: int) -> bytes:
    """The first `size` bytes, or as many as come."""
    body = bytearray()
    with suppress(httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError):
        for chunk in chunks:
            body += chunk
            if len(body) >= size:
                break
    return bytes(body[:size])


def _body(chunks: Iterable[bytes], headers: Mapping[str, str], status: int, limits: Limits) -> bytes:
    kind = _content_type(headers)[0]
    if 200 <= status < 300 and limits.types and kind not in limits.types:
        raise Refused("type", kind)
    if int(headers.get("content-length") or 0) > limits.size:
        raise Refused("size")
    body = bytearray()
    for piece in _unpacked(chunks, headers.get("content-encoding", "identity").strip().lower(), limits.size):
        body += piece
        if len(body) > limits.size:
            raise Refused("size")
    return bytes(body)


def _unpacked(chunks: Iterable[bytes], coding: str, size: int) -> Iterator[bytes]:
    """The body in pieces of bounded length, whatever a small packed body would unpack to."""
    if coding in ("", "identity"):
        yield from chunks
        return
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise Refused("coding", coding)
    inflater: Any = None
    for chunk in chunks:
        if inflater is None:
            bare = coding == "deflate" and (chunk[0] & 0x0F) != 8
            inflater = zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32)
        while chunk and not inflater.eof:
            try:
                piece = inflater.decompress(chunk, min(CHUNK, size + 1))
            except zlib.error as failure:
                raise Refused("coding", str(failure)) from failure
            chunk = inflater.unconsumed_tail
            yield piece


def _parse(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address.strip())
    except (httpx.InvalidURL, ValueError, TypeError) as failure:
        raise Refused("name", "unreadable address") from failure
    if url.userinfo:
        raise Refused("credentials")
    return url.copy_with(fragment=None)


def _content_type(headers: Mapping[str, str]) -> tuple[str, str | None]:
    message = Message()
    message["content-type"] = headers.get("content-type", "application/octet-stream")
    return message.get_content_type(), message.get_content_charset()


@cache
def _allowed(entries: tuple[str, ...], ports: tuple[int, ...]) -> Allowed:
    return Allowed.parse(entries, ports)
