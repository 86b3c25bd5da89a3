"""What the bench counts: good answers only, and each failure is told."""

import itertools
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.load import Load, get


@pytest.fixture
def port():
    """A server that answers `/good` well, `/bad` with an error, and hangs up at `/gone`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            if self.path == "/gone":
                self.close_connection = True
                return
            self.send_response(200 if self.path == "/good" else 500)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_a_lost_connection_is_a_failure(port):
    load = Load(port, 2, 0.2)
    measure = load.run(lambda client: itertools.cycle([get("/gone" if client else "/good", "")]))
    assert measure.rate > 0
    assert load.failed == ["a client gave up: the server closed the connection"]


def test_an_error_makes_no_page_faster(port):
    load = Load(port, 1, 0.2)
    measure = load.run(lambda client: itertools.cycle([get("/bad", "")]))
    assert (measure.rate, list(measure.latencies)) == (0, [])
    assert load.failed[0].startswith("500")
    assert measure.quantile(0.5) != measure.quantile(0.5), "not a number"
