"""Slow clients hold up nobody: uploads, downloads and pictures trickle, three of each, and pages answer as before."""

import socket
import threading
import time

import pytest

from tests.processes.serving import Serving, serving

pytestmark = pytest.mark.processes

PATIENCE = 3.0  # seconds for a page, on a machine that does other things too


class Trickle(threading.Thread):
    """A client that sends, or reads, a few bytes now and then, until told to stop."""

    def __init__(self, port: int, request: bytes, body: int = 0) -> None:
        super().__init__(daemon=True)
        self.request, self.body = request, body
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=30)
        if not body:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.stopping, self.underway = threading.Event(), threading.Event()
        self.ended = ""

    def run(self) -> None:
        try:
            self.connection.sendall(self.request)
            while not self.stopping.wait(0.05):
                if self.body:
                    self.connection.sendall(b"x" * 100)
                elif not self.connection.recv(100):
                    self.ended = "closed"
                    return
                self.underway.set()
        except OSError as error:
            self.ended = str(error)
        finally:
            self.connection.close()


def upload(palabre: Serving, scene: dict, port: int) -> Trickle:
    head = (
        f"POST /items/{scene['items'][1]}/files/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {palabre.address}\r\n"
        f"Cookie: sessionid={scene['session']}; csrftoken={'a' * 32}\r\nX-CSRFToken: {'a' * 32}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000000\r\n\r\n"
        '--b\r\nContent-Disposition: form-data; name="file"; filename="slow.txt"\r\n\r\n'
    )
    return Trickle(port, head.encode(), body=5_000_000)


def download(palabre: Serving, scene: dict, port: int, what: str = "large") -> Trickle:
    head = f"GET {scene[what]} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: sessionid={scene['session']}\r\n\r\n"
    return Trickle(port, head.encode())


def picture(palabre: Serving, scene: dict, port: int) -> Trickle:
    return download(palabre, scene, port, "picture")


@pytest.mark.parametrize("where", ["live", "web"])
def test_slow_uploads_downloads_and_pictures_leave_the_site_responsive(made, where):
    with serving(made) as palabre:
        scene = palabre.scene()
        port = palabre.port + (where == "live")
        if where == "web":
            for what in ("large", "picture"):
                assert palabre.leads_to(scene[what], scene["session"]) == f"http://127.0.0.1:{port + 1}{scene[what]}"
        slow = [make(palabre, scene, port) for make in (upload, download, picture) for _ in range(3)]
        for client in slow:
            client.start()
        for client in slow:
            assert client.underway.wait(30), client.ended
        spent = []
        for _ in range(20):
            before = time.monotonic()
            assert palabre.is_healthy()
            assert palabre.get("/")[0] == 200
            spent.append(time.monotonic() - before)
        assert [client.ended for client in slow] == [""] * len(slow), "they were not slow any more"
        for client in slow:
            client.stopping.set()
            client.join(30)
        assert max(spent) < PATIENCE
        assert palabre.stop() == 0
        assert palabre.processes() == []
