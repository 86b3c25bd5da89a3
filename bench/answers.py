"""A crowd that answers a consultation without accounts: 10,000 devices, each at an address it shares with a few others.

Each sends its whole answer with one press, as the page of a consultation of one screen does, through a trusted proxy
that says where it comes from (`bin/bench --only answers`). `python -m bench.answers` makes the consultation.
"""

import itertools
import json
import os
import re
import sys
import threading
import time
from typing import Any
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

from bench.load import Connection, Measure, get, median, post
from bench.server import Server
from palabre.project.instance import instance

ANSWERS, CLIENTS, SHARED = 10_000, 8, 4  # devices at one address
WHY = ("", "", "Le technicien est venu à l'heure.", "Deux rendez-vous manqués.", "On me répond enfin par message.")


def measured(server: Server, token: str) -> list[str]:
    """The lines of this part: how fast answers arrive, and how long their results take."""
    server.environment["PALABRE_PROXIES"] = "127.0.0.1"
    with server.running():
        known = json.loads(server.run("bench.answers").splitlines()[-1])
        _before, failed = crowd(server.port, known["pk"], token, 400)  # what each process learns once
        spent = server.processor()
        arrived, more = crowd(server.port, known["pk"], token, ANSWERS)
        spent = (server.processor() - spent) / ANSWERS
        failed += more
        waited, pages = results(server.port, known["pk"], known["session"])
    told = f", {len(failed)} failed, the first: {failed[0]}" if failed else ", none failed"
    return [
        f"  answers arrive at              {arrived.rate:7.1f} /s   p50 {arrived.quantile(0.5) * 1000:6.1f} ms"
        f"   p99 {arrived.quantile(0.99) * 1000:6.1f} ms{told}   (more than 100 a second)",
        f"  each costs                     {spent * 1000:7.2f} ms of one processor, database and worker included",
        f"  their results are read after   {waited:7.1f} s",
        f"  the page of results opens in   {median(pages) * 1000:7.1f} ms",
    ]


def crowd(port: int, consultation: int, token: str, number: int) -> tuple[Measure, list[str]]:
    """So many devices, from a few connections of the proxy."""
    devices = itertools.count()
    latencies: list[float] = []
    failed: list[str] = []

    def client() -> None:
        connection = Connection(port)
        while (device := next(devices)) < number:
            begun = time.perf_counter()
            status, head, body = connection.ask(_answer(consultation, token, device, number))
            if status == 302 and b"consulted=" in head:
                latencies.append(time.perf_counter() - begun)
            else:
                failed.append(f"{status}: {head[:300]!r} {body[:200]!r}")
        connection.close()

    threads = [threading.Thread(target=client) for _each in range(CLIENTS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Measure(len(latencies) / (time.perf_counter() - begun), latencies), failed


def _answer(consultation: int, token: str, device: int, number: int) -> bytes:
    form = {"csrfmiddlewaretoken": token, "at": "recommend", "recommend": str((device * 7) % 11),
            "why": WHY[device % len(WHY)]}  # fmt: skip
    place = (device + number) // SHARED
    address = f"X-Forwarded-For: 10.{place >> 16}.{place >> 8 & 255}.{place & 255}\r\n"
    return post(f"/consultations/{consultation}/answer/", f"csrftoken={token}", urlencode(form).encode(), address)


def results(port: int, consultation: int, session: str) -> tuple[float, list[float]]:
    """How long it takes until the worker has read them all, and then each page, in seconds."""
    connection, begun = Connection(port), time.perf_counter()
    while not _told(connection, consultation, session):
        time.sleep(0.2)
    waited = time.perf_counter() - begun
    spent: list[float] = []
    for _each in range(20):
        asked = time.perf_counter()
        _told(connection, consultation, session)
        spent.append(time.perf_counter() - asked)
    return waited, spent


def _told(connection: Connection, consultation: int, session: str) -> bool:
    """Whether the page tells of all but those that are held back."""
    page = get(f"/consultations/{consultation}/results/", f"sessionid={session}", "identity")
    status, _head, body = connection.ask(page)
    if status != 200:
        raise SystemExit(f"the results were answered with {status}: {body[:300]!r}")
    found = re.search(rb"<span>\s*([^<]*?) (?:answers|r\xc3\xa9ponses)\s*</span>", body)
    return found is not None and int(re.sub(rb"[^0-9]", b"", found[1]) or 0) >= ANSWERS


def make() -> dict[str, Any]:
    """A consultation in the public space of the demo world, and who may read its results."""
    from datetime import timedelta

    from django.core.management import call_command
    from django.test import Client

    from palabre.authoring.writing import publish
    from palabre.consultations.methods import METHODS
    from palabre.kit.clock import now
    from palabre.people.models import Person
    from palabre.spaces.models import Space

    call_command("migrate", run_syncdb=True, verbosity=0)
    steward, space = Person.objects.get(handle="marc"), Space.objects.get(slug="le-fil")
    asked = METHODS["recommend"].make({"name": {"fr": "Teranga Telecom", "en": "Teranga Telecom"}})
    item = publish("consultation", space, steward, "Would you recommend us?", "One mark.", method="recommend", **asked)
    item.consultation.item = item  # type: ignore[attr-defined]
    item.consultation.open(steward, now() + timedelta(days=3))  # type: ignore[attr-defined]
    client = Client()
    client.force_login(steward)
    return {"pk": item.pk, "session": client.cookies["sessionid"].value}


if __name__ == "__main__":
    with instance():
        made = make()
    json.dump(made, sys.stdout)
