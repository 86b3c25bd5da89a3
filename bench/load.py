"""Load: clients that cost little, since they share the machine with what they measure."""

import math
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Measure:
    """One round: answers a second, and latencies in seconds."""

    rate: float
    latencies: Sequence[float]

    def quantile(self, share: float) -> float:
        """Not a number where nothing was answered."""
        return quantile(self.latencies, share)


class Connection:
    """A kept-alive connection to one port, over raw sockets."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._open()

    def _open(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Status, head and body of the answer."""
        self._socket.sendall(request)
        while (end := self._rest.find(b"\r\n\r\n")) < 0:
            self._receive()
        head, self._rest = self._rest[:end].lower(), self._rest[end + 4 :]
        if b"transfer-encoding: chunked" in head:
            body = b"".join(self._chunks())
        else:
            length = int(head.partition(b"content-length: ")[2].partition(b"\r")[0] or 0)
            while len(self._rest) < length:
                self._receive()
            body, self._rest = self._rest[:length], self._rest[length:]
        return int(head[9:12]), head, body

    def _chunks(self) -> Iterator[bytes]:
        while True:
            while (end := self._rest.find(b"\r\n")) < 0:
                self._receive()
            size = int(self._rest[:end], 16)
            while len(self._rest) < end + 2 + size + 2:
                self._receive()
            chunk, self._rest = self._rest[end + 2 : end + 2 + size], self._rest[end + 4 + size :]
            if not size:
                return
            yield chunk

    def _receive(self) -> None:
        received = self._socket.recv(262_144)
        if not received:
            raise ConnectionError("the server closed the connection")
        self._rest += received

    def close(self) -> None:
        self._socket.close()


def get(path: str, cookies: str, encoding: str = "gzip") -> bytes:
    """A request as a browser sends it."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Encoding: {encoding}\r\n"
        f"Accept-Language: en\r\nCookie: {cookies}\r\n\r\n"
    ).encode()


def post(path: str, cookies: str, form: bytes, more: str = "") -> bytes:
    """A form as a browser sends it; `more` are lines of the head that a proxy adds."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nOrigin: http://127.0.0.1\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\nCookie: {cookies}\r\n"
        f"{more}\r\n"
    ).encode() + form


@dataclass
class Load:
    """`clients` at once, each with a connection of its own, asking for `seconds`."""

    port: int
    clients: int
    seconds: float
    ok: tuple[int, ...] = (200,)
    failed: list[str] = field(default_factory=list)

    def run(self, requests: Callable[[int], Iterator[bytes]]) -> Measure:
        """`requests(client)` yields what that client asks, one after the other; only good answers count.

        All connect beforehand, so that each comes to the start; a client that loses its connection is one that failed.
        """
        latencies: list[list[float]] = [[] for _ in range(self.clients)]
        connections = [Connection(self.port) for _ in range(self.clients)]
        start = threading.Barrier(self.clients + 1)

        def client(number: int) -> None:
            connection, asking = connections[number], requests(number)
            start.wait()
            end = time.perf_counter() + self.seconds
            try:
                while (before := time.perf_counter()) < end:
                    status, _, body = connection.ask(next(asking))
                    if status in self.ok:
                        latencies[number].append(time.perf_counter() - before)
                    else:
                        self.failed.append(f"{status}: {body[:200]!r}")
            except OSError as error:
                self.failed.append(f"a client gave up: {error}")
            finally:
                connection.close()

        threads = [threading.Thread(target=client, args=(number,)) for number in range(self.clients)]
        for thread in threads:
            thread.start()
        start.wait()
        begun = time.perf_counter()
        for thread in threads:
            thread.join()
        spent = time.perf_counter() - begun
        every = [each for one in latencies for each in one]
        return Measure(len(every) / spent, every)


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share of them lies; not a number of nothing."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
