"""A small outside world on the loopback: a server whose every path misbehaves in its own way."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


class Outside:
    """`outside["/page"] = text | callable(handler)`; `outside.address("/page")`; `outside.heard` keeps the
    requests.
    """

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.server = server
        self.pages: dict[str, Answer | str] = {}
        self.heard: list[tuple[str, str, dict[str, str], float]] = []

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    def address(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def __setitem__(self, path: str, answer: "Answer | str") -> None:
        self.pages[path] = answer

    @property
    def paths(self) -> list[str]:
        return [path for _method, path, _headers, _at in self.heard]


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named.setdefault("content-type", "text/html; charset=utf-8")
    named.setdefault("content-length", str(len(body)))
    for name, value in named.items():
        handler.send_header(name, value)
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(body)


def redirect(target: str, status: int = 302) -> Answer:
    return lambda handler: send(handler, b"", status, location=target)


def gzip_bomb(handler: BaseHTTPRequestHandler) -> None:
    send(handler, gzip.compress(b"\0" * 200_000_000, 1), content_encoding="gzip")


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("content-type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then, for ever: each single read succeeds quickly."""
    handler.send_response(200)
    handler.send_header("content-type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


@contextmanager
def outside_server() -> Iterator[Outside]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            outside.heard.append((self.command, self.path, dict(self.headers), time.monotonic()))
            page = outside.pages.get(self.path)
            try:
                if page is None:
                    send(self, b"nothing here", 404)
                elif callable(page):
                    page(self)
                else:
                    send(self, page.encode())
            except OSError:
                self.close_connection = True

        do_GET = do_HEAD = do_POST = answer

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    outside = Outside(server)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield outside
    finally:
        server.shutdown()
        server.server_close()
