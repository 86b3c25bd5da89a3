"""Messages reach devices whatever dies: each arrives, and only what was on its way comes again, under its topic."""

import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import http_ece
import pytest

from palabre.project.parts import WORKER_JOBS
from tests.processes.serving import GIVE_UP, serving
from tests.processes.test_live import shell
from tests.push.browser import Browser

pytestmark = pytest.mark.processes

THINGS, DELIVERED = 40, 11  # things that somebody is told of; how many messages are taken before the worker dies
SUBSCRIBE = """
from datetime import timedelta
from django.db import transaction
from django.test import Client
from palabre.kit.clock import now
from palabre.people.attention import Attention
from palabre.people.models import Person, Session
from palabre.push.models import Device
from palabre.push.subscription import Subscription
marc = Person.objects.get(handle="marc")
hours = {{"interruptions": 500, "quiet_from": None, "quiet_until": None, "quiet_weekends": False}}
Attention.objects.update_or_create(person=marc, defaults=hours)
client = Client()
client.force_login(marc)
Session.objects.filter(person=marc).update(seen_at=now() - timedelta(hours=1))
given = Subscription.read(**{said!r})
with transaction.atomic():
    print(Device.objects.subscribe(marc, client.session.session_key, given, "Firefox, Android").pk)
"""
SAY = """
import json
from palabre.authoring.writing import publish
from palabre.people.models import Person
from palabre.spaces.models import Space
from palabre.talk.models import Comment
space, coumba = Space.objects.get(slug="reseau"), Person.objects.get(handle="coumba")
items = [publish("page", space, coumba, f"Sur le toit {{number}}", "Rien encore.") for number in range({things})]
print(json.dumps([Comment.say(item, coumba, "@marc, à toi.").item_id for item in items]))
"""
LEFT = """
from palabre.signals.models import Signal
mine = Signal.objects.filter(person__handle="marc", verb="commented", item__title__startswith="Sur le toit")
print(mine.filter(carried="push").count(), mine.count())
"""


class Service:
    """A push service that takes so many messages, and has others wait for its answer until it is released."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.held: set[str] = set()  # topics of messages that waited for their answer
        self.changed = threading.Condition()
        self.release = threading.Event()
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                with service.changed:
                    service.got.append((dict(self.headers.items()), body))
                    waits = len(service.got) > DELIVERED and not service.release.is_set()
                    if waits:
                        service.held.add(self.headers["Topic"])
                    service.changed.notify_all()
                if waits:
                    service.release.wait(GIVE_UP)
                try:
                    self.send_response(201)
                    self.send_header("content-length", "0")
                    self.end_headers()
                except OSError:
                    self.close_connection = True  # who asked has died

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    def await_topics(self, count: int) -> None:
        """Returns once so many different topics have come."""
        with self.changed:
            assert self.changed.wait_for(lambda: len({said["Topic"] for said, _ in self.got}) >= count, 4 * GIVE_UP)


@pytest.fixture
def service():
    made = Service()
    yield made
    made.release.set()
    made.server.shutdown()
    made.server.server_close()


def test_each_message_arrives_though_the_worker_dies_with_some_in_its_hands(made, service):
    phone = Browser(f"http://{service.host}/to/marc")
    with serving(made, PALABRE_OUTBOUND_ALLOW=service.host) as palabre:
        palabre.scene()
        shell(palabre, SUBSCRIBE.format(said=phone.said))
        items = json.loads(shell(palabre, SAY.format(things=THINGS)).splitlines()[-1])
        service.await_topics(DELIVERED + WORKER_JOBS)
        palabre.part("worker").kill()
        service.release.set()
        service.await_topics(THINGS)
        assert shell(palabre, LEFT).split() == [str(THINGS), str(THINGS)]

    told = [
        (said["Topic"], json.loads(http_ece.decrypt(body, private_key=phone.key, auth_secret=phone.secret)))
        for said, body in service.got
    ]
    assert {message["tag"] for _topic, message in told} == {f"item-{item}" for item in items}
    assert len({(topic, message["tag"], message["event"]) for topic, message in told}) == THINGS
    often = Counter(topic for topic, _message in told)
    assert {topic for topic, times in often.items() if times > 1} <= service.held
    assert max(often.values()) <= 2
