"""A small receiver on the loopback, webhooks that lead to it, and the journal read by hand."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook as Signature

from palabre.journal.models import Event
from palabre.webhooks import following, sending
from palabre.webhooks.models import Delivery, Webhook


class Receiver:
    """Keeps what it is told as (path, headers, body); answers with `status`, or as `answer(handler)` says."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.host = f"127.0.0.1:{server.server_port}"
        self.heard: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 200
        self.answer: Callable[[BaseHTTPRequestHandler], None] | None = None

    @property
    def address(self) -> str:
        return f"http://{self.host}/hear"

    @property
    def messages(self) -> list[str]:
        return [headers["webhook-id"] for _path, headers, _body in self.heard]

    def verified(self, secret: str) -> list[Any]:
        """All it was told, each checked as a receiver checks it; raises WebhookVerificationError."""
        return [Signature(secret).verify(body, headers) for _path, headers, body in self.heard]


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            told.heard.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            if told.answer:
                told.answer(self)
                return
            self.send_response(told.status)
            self.send_header("content-length", "6")
            self.end_headers()
            self.wfile.write(b"heard.")

        def do_GET(self) -> None:
            told.heard.append((self.path, {}, b"GET"))
            self.send_error(405)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told = Receiver(server)
    settings.PALABRE_OUTBOUND_ALLOW = [told.host]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield told
    server.shutdown()
    server.server_close()


@pytest.fixture
def hook(world, receiver):
    """`hook(space=…, by=…)` is a webhook that leads to the receiver, and its secret; of the company without a space."""

    def made(space: str | None = "reseau", by: Any = None, **fields: Any) -> tuple[Webhook, str]:
        keeper = by or (world.marc if space else world.tom)
        fields = {"name": "Suivi", "address": receiver.address, "verbs": [], "kinds": []} | fields
        return Webhook.objects.make(keeper, world.spaces[space] if space else None, **fields)

    return made


@pytest.fixture
def tell(world):
    """`tell()` makes deliveries of all that has happened since it was called last."""
    told = set(Event.objects.values_list("pk", flat=True))

    def tell():
        events = list(Event.objects.filter(pk__gt=max(told, default=0)).order_by("pk"))
        following.tell(events)
        told.update(event.pk for event in events)

    return tell


@pytest.fixture
def carry(tell):
    """`carry()` tells, and sends all that is due, as the worker does."""

    def carry():
        tell()
        for webhook in list(Webhook.objects.values_list("pk", flat=True)):
            sending.deliver_due(webhook)

    return carry


@pytest.fixture
def later():
    """`later()` is the hour at which all that waits is due and nobody rests."""

    def later():
        Delivery.objects.filter(state="waiting").update(due_at="2020-01-01T00:00Z")
        Webhook.objects.update(rests_until=None)

    return later
