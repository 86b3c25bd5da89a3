"""A connection to the outside: only to an address that was judged, with one deadline for all of it."""

import ssl
import time
from collections.abc import Iterable
from functools import cache
from typing import Any

import httpcore

from palabre.kit.destinations import Allowed, resolve


@cache
def trust() -> ssl.SSLContext:
    """Whose certificates are believed; read once."""
    return httpcore.default_ssl_context()


class Outside(httpcore.NetworkBackend):
    """Connects to the address that was judged; TLS and Host keep the name, since httpcore takes them from the
    URL.
    """

    def __init__(self, deadline: float, opened: Allowed) -> None:
        self.deadline, self.opened = deadline, opened
        self.network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError("no address")
        for address in resolve(host, port, self.opened, _left(self.deadline)):
            try:
                stream = self.network.connect_tcp(address, port, _left(self.deadline), None, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as caught:
                failure = caught
            else:
                return _Timed(stream, self.deadline)
        raise failure


class _Timed(httpcore.NetworkStream):
    """A connection with one deadline for all of it: a server that sends a byte a second does not hold us."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, _left(self.deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, _left(self.deadline))

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secured = self.stream.start_tls(ssl_context, server_hostname, _left(self.deadline))
        return _Timed(secured, self.deadline)

    def close(self) -> None:
        self.stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("deadline")
    return left
