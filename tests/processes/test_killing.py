"""Any process may be killed while people save: what was acknowledged is there, and all of it recovers by itself."""

import json
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.processes.serving import GIVE_UP, Serving, serving

pytestmark = pytest.mark.processes

TOKEN = "a" * 32
VICTIMS = {
    "nursery": lambda palabre: palabre.part("nursery"),
    "web": lambda palabre: palabre.part("web"),
    "a worker of web": lambda palabre: palabre.worker_of("web"),
    "live": lambda palabre: palabre.part("live"),
    "worker": lambda palabre: palabre.part("worker"),
    "index": lambda palabre: palabre.part("index"),
    "database": lambda palabre: palabre.database(),
}
NEWEST = 10**9  # saves on top of whatever version there is


class Saver(threading.Thread):
    """One person who saves the same page again and again, each time with a word of its own."""

    def __init__(self, palabre: Serving, scene: dict[str, Any], number: int) -> None:
        super().__init__(daemon=True)
        self.palabre, self.scene, self.number = palabre, scene, number
        self.item: int = scene["items"][number]
        self.acknowledged: list[str] = []
        self.stopping = threading.Event()

    def run(self) -> None:
        for word in self._words():
            if self.stopping.is_set():
                return
            try:
                if self._save(word):
                    self.acknowledged.append(word)
                    continue
            except (OSError, HTTPException):
                pass
            self.stopping.wait(0.05)  # refused, or cut off: nothing was promised

    def _words(self) -> Iterator[str]:
        count = 0
        while True:
            count += 1
            yield f"mot{self.number}x{count}"

    def _save(self, word: str) -> bool:
        form = {
            "csrfmiddlewaretoken": TOKEN,
            "title": f"Tranchée {self.number}",
            "body": f"Relevé {word} du jour.",
            "space": self.scene["space"],
            "kind": "page",
            "based_on": NEWEST,
        }
        connection = HTTPConnection("127.0.0.1", self.palabre.port, timeout=30)
        try:
            connection.request(
                "POST",
                f"/items/{self.item}/edit/",
                urlencode(form),
                {
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Cookie": f"sessionid={self.scene['session']}; csrftoken={TOKEN}",
                },
            )
            answer = connection.getresponse()
            answer.read()
            return answer.status == 302
        finally:
            connection.close()


def await_saves(savers: list[Saver], palabre: Serving) -> None:
    """Each of them gets two more saves acknowledged."""
    before = [len(saver.acknowledged) for saver in savers]
    deadline = time.monotonic() + GIVE_UP
    while any(len(saver.acknowledged) < count + 2 for saver, count in zip(savers, before, strict=True)):
        assert time.monotonic() < deadline, "nobody can save any more:\n" + "\n".join(palabre.lines)
        time.sleep(0.05)


def texts(palabre: Serving, items: list[int]) -> dict[int, str]:
    """All that was ever saved of each item."""
    script = (
        "import json; from palabre.items.models import Revision\n"
        f"found = {{pk: ' '.join(Revision.objects.filter(item=pk).values_list('body', flat=True)) for pk in {items}}}\n"
        "print(json.dumps(found))"
    )
    done = palabre.command("manage", "shell", "--verbosity", "0", "--command", script)
    return {int(pk): text for pk, text in json.loads(done.stdout.splitlines()[-1]).items()}


def test_every_acknowledged_save_survives_the_death_of_any_process(made):
    with serving(made) as palabre:
        scene = palabre.scene()
        savers = [Saver(palabre, scene, number) for number in range(4)]
        for saver in savers:
            saver.start()
        await_saves(savers, palabre)
        for victim in VICTIMS.values():
            victim(palabre).kill()
            await_saves(savers, palabre)
            palabre.await_health()
        for saver in savers:
            saver.stopping.set()
            saver.join(GIVE_UP)

        kept = texts(palabre, scene["items"])
        for saver in savers:
            lost = [word for word in saver.acknowledged if f"{word} " not in kept[saver.item]]
            assert lost == [], f"{len(lost)} of {len(saver.acknowledged)} saves are gone"
        palabre.await_green()
        for saver in savers:
            last = saver.acknowledged[-1]
            done = palabre.command("search", last, "--json")
            assert [hit["title"] for hit in json.loads(done.stdout)["hits"]][:1] == [f"Tranchée {saver.number}"]
