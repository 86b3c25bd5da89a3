"""Open pages: how soon they hear of a comment, what they cost, and what a comment costs while they are open."""

import json
import select
import socket
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.load import Connection, post


@dataclass
class Pages:
    """Streams of one item, all read by one thread; `heard` is when each has heard of each event, by its number."""

    port: int
    item: int
    sessions: list[str]
    heard: dict[int, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._poll = select.epoll()
        self._sockets: dict[int, socket.socket] = {}
        self._rest: dict[int, bytes] = {}
        self._ended = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)

    @property
    def number(self) -> int:
        """How many are open."""
        return len(self._sockets)

    def open(self, number: int) -> None:
        """Opens as many pages, and waits until the first news has reached each."""
        for each in range(number):
            session = self.sessions[each % len(self.sessions)]
            line = socket.create_connection(("127.0.0.1", self.port + 1), timeout=60)
            line.sendall(
                f"GET /news/?item={self.item}&language=en HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                f"Origin: http://127.0.0.1:{self.port}\r\nCookie: sessionid={session}\r\n\r\n".encode()
            )
            begun = b""
            while b"event: inbox" not in begun:
                received = line.recv(65536)
                if not received:
                    raise SystemExit(f"a page was not let in: {begun[:200]!r}")
                begun += received
            line.setblocking(False)
            self._sockets[line.fileno()] = line
            self._rest[line.fileno()] = b""
            self._poll.register(line.fileno(), select.EPOLLIN)
        if not self._reader.is_alive():
            self._reader.start()

    def _read(self) -> None:
        while not self._ended.is_set():
            for number, _ in self._poll.poll(0.2):
                moment = time.perf_counter()
                try:
                    said = self._rest[number] + self._sockets[number].recv(65536)
                except BlockingIOError:
                    continue
                *whole, self._rest[number] = said.split(b"\n\n")
                for piece in whole:
                    if b"event: item" in piece:
                        told = json.loads(piece.partition(b"data: ")[2].partition(b"\n")[0])
                        self.heard.setdefault(told["comment"], []).append(moment)

    def close(self) -> None:
        self._ended.set()
        self._reader.join()
        for line in self._sockets.values():
            line.close()


def comments(pages: Pages, session: str, token: str, number: int, patience: float = 30.0) -> list[list[float]]:
    """One comment after the other; of each, the seconds after which each open page had heard of it, sorted."""
    connection, cookies = Connection(pages.port), f"sessionid={session}; csrftoken={token}"
    spent = []
    for each in range(number):
        known = set(pages.heard)
        form = urlencode({"csrfmiddlewaretoken": token, "body": f"A remark, number {each}."}).encode()
        begun = time.perf_counter()
        status, _, body = connection.ask(post(f"/items/{pages.item}/comments/", cookies, form))
        if status != 302:
            raise SystemExit(f"a comment was answered with {status}: {body[:200]!r}")
        fresh: list[float] = []
        while len(fresh) < pages.number and time.perf_counter() - begun < patience:
            time.sleep(0.02)
            fresh = [at for comment, moments in list(pages.heard.items()) if comment not in known for at in moments]
        if len(fresh) < pages.number:
            raise SystemExit(f"{pages.number - len(fresh)} open pages heard nothing after {patience:g} s")
        spent.append(sorted(at - begun for at in fresh))
    return spent
