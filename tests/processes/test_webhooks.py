"""The worker or the database is killed in a burst: each event is told, and only what was on its way twice."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from standardwebhooks.webhooks import Webhook as Signature

from tests.processes.serving import GIVE_UP, serving

pytestmark = pytest.mark.processes

COMMENTS = 120
MAKE = """
from palabre.people.models import Person
from palabre.spaces.models import Space
from palabre.webhooks.models import Webhook
marc, space = Person.objects.get(handle="marc"), Space.objects.get(slug="reseau")
print(Webhook.objects.make(marc, space, name="Suivi", address="{address}", verbs=["commented"])[1])
"""
SAY = """
from palabre.items.models import Item
from palabre.people.models import Person
from palabre.talk.models import Comment
item, awa = Item.objects.get(pk={item}), Person.objects.get(handle="coumba")
print([Comment.say(item, awa, f"Relevé {{number}}.").pk for number in range({comments})])
"""


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """Its host, and what it hears; it takes its time, so that something is on its way whenever a process dies."""
    heard: list[tuple[dict[str, str], bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            heard.append((dict(self.headers.items()), body))
            threading.Event().wait(0.05)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"127.0.0.1:{server.server_port}", heard
    server.shutdown()
    server.server_close()


def run(palabre, script: str) -> str:
    done = palabre.command("manage", "shell", "--verbosity", "0", "--command", script)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def await_heard(heard, count: int, palabre) -> None:
    """So many different messages have arrived."""
    deadline = time.monotonic() + 4 * GIVE_UP
    while len({headers["webhook-id"] for headers, _body in list(heard)}) < count:
        assert time.monotonic() < deadline, f"{len(heard)} heard:\n" + "\n".join(palabre.lines)
        time.sleep(0.02)


def test_each_event_of_a_burst_is_told_whatever_is_killed(made, receiver):
    host, heard = receiver
    with serving(made, PALABRE_OUTBOUND_ALLOW=host) as palabre:
        item = palabre.scene()["items"][0]
        secret = run(palabre, MAKE.format(address=f"http://{host}/"))
        said = json.loads(run(palabre, SAY.format(item=item, comments=COMMENTS)))
        await_heard(heard, COMMENTS // 4, palabre)
        palabre.part("worker").kill()
        await_heard(heard, COMMENTS // 2, palabre)
        palabre.database().kill()
        await_heard(heard, COMMENTS, palabre)
        palabre.await_health()

    told = [Signature(secret).verify(body, headers) for headers, body in heard[-1:]]
    assert told[0]["type"] == "item.commented"
    bodies = [json.loads(body) for _headers, body in heard]
    assert {body["data"]["comment"]["id"] for body in bodies} == set(said)
    often = Counter(headers["webhook-id"] for headers, _body in heard)
    assert sum(count - 1 for count in often.values()) <= 2, "at most the one on its way at each of two deaths"
    assert len(often) == len({body["data"]["event"] for body in bodies}) == COMMENTS
