"""Open pages hear what happens, miss nothing, and fall silent when their reader may not read any more."""

import json
import threading
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from queue import Empty, Queue
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.processes.serving import GIVE_UP, Serving, serving

pytestmark = pytest.mark.processes

TOKEN = "a" * 32


class Page(threading.Thread):
    """A page of somebody, open on an item: its line to the live process."""

    def __init__(self, palabre: Serving, session: str, item: int, after: str = "") -> None:
        super().__init__(daemon=True)
        self.news: Queue[tuple[str, dict]] = Queue()
        self.kept: list[tuple[str, dict]] = []
        self.place, self.ended = after, threading.Event()
        self.connection = HTTPConnection("127.0.0.1", palabre.port + 1, timeout=GIVE_UP)
        headers = {"Cookie": f"sessionid={session}", "Origin": palabre.address}
        if after:
            headers["Last-Event-ID"] = after
        self.connection.request("GET", f"/news/?item={item}&language=fr", headers=headers)
        self.answer = self.connection.getresponse()
        assert self.answer.status == 200
        self.start()
        self.hear("inbox")

    def run(self) -> None:
        told: dict[str, str] = {}
        try:
            for line in self.answer:
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name:
                    told[name] = value
                elif "event" in told:
                    self.place = told.get("id", self.place)
                    self.news.put((told["event"], json.loads(told["data"])))
                    told = {}
        except OSError:
            pass
        self.ended.set()

    def hear(self, name: str, seconds: float = GIVE_UP) -> dict:
        """The next piece of news of that name; others are kept."""
        until = time.monotonic() + seconds
        while not any(heard == name for heard, _ in self.kept):
            try:
                self.kept.append(self.news.get(timeout=max(0, until - time.monotonic())))
            except Empty:
                raise AssertionError(f"nothing of {name} was heard, only {self.kept}") from None
        told = next(piece for piece in self.kept if piece[0] == name)
        self.kept.remove(told)
        return told[1]

    def leave(self) -> None:
        self.connection.sock.shutdown(2)
        self.ended.wait(GIVE_UP)


def comment(palabre: Serving, scene: dict, words: str, key: str = "") -> int:
    """Coumba says something about the first item; with a `key`, once, however often it is sent. The answer's status."""
    connection = HTTPConnection("127.0.0.1", palabre.port, timeout=GIVE_UP)
    form = urlencode({"csrfmiddlewaretoken": TOKEN, "body": words})
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={scene['session']}; csrftoken={TOKEN}",
        **({"Idempotency-Key": key} if key else {}),
    }
    connection.request("POST", f"/items/{scene['items'][0]}/comments/", form, headers)
    status = connection.getresponse().status
    connection.close()
    assert key or status == 302
    return status


def comment_at_last(palabre: Serving, scene: dict, words: str) -> None:
    """The same while processes die: sent again until it is accepted, as browsers do."""
    key, until = str(uuid4()), time.monotonic() + GIVE_UP
    while time.monotonic() < until:
        with suppress(OSError, HTTPException):
            if comment(palabre, scene, words, key) in (302, 303):
                return
        time.sleep(0.1)
    raise AssertionError(f"“{words}” was not accepted")


def shell(palabre: Serving, script: str) -> str:
    done = palabre.command("manage", "shell", "--verbosity", "0", "--command", script)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_an_open_page_hears_at_once_and_one_that_comes_back_has_missed_nothing(made):
    with serving(made) as palabre:
        scene = palabre.scene()
        page = Page(palabre, scene["reader"], scene["items"][0])
        comment(palabre, scene, "Bonjour @awa.")
        told = page.hear("item")
        assert "Coumba" in told["said"] and told["comment"] and not told["mine"]
        assert page.hear("inbox")["inbox"] >= 1
        page.leave()
        comment(palabre, scene, "Pendant ton absence.")
        back = Page(palabre, scene["reader"], scene["items"][0], after=page.place)
        assert back.hear("item")["comment"] == told["comment"] + 1
        palabre.part("live").kill()
        assert back.ended.wait(GIVE_UP)
        comment(palabre, scene, "Pendant que la ligne est coupée.")
        palabre.await_health()
        again = Page(palabre, scene["reader"], scene["items"][0], after=back.place)
        assert again.hear("item")["comment"] == told["comment"] + 2
        again.leave()


def test_hundreds_of_pages_are_open_at_once(made):
    """Whom a server does not let in waits until somebody leaves."""
    with serving(made) as palabre:
        scene = palabre.scene()
        pages = [Page(palabre, scene["reader"], scene["items"][0]) for _ in range(300)]
        comment(palabre, scene, "Bonjour à toutes les pages.")
        assert all(page.hear("item")["comment"] for page in pages)


def test_open_pages_are_let_go_when_it_stops(made):
    with serving(made) as palabre:
        scene = palabre.scene()
        page = Page(palabre, scene["reader"], scene["items"][0])
        assert palabre.stop() == 0
        assert page.ended.wait(GIVE_UP)
        assert not [line for line in palabre.lines if "is cut" in line or "is killed" in line]


def test_a_page_falls_silent_with_the_right_to_read_it(made):
    with serving(made) as palabre:
        scene = palabre.scene()
        page = Page(palabre, scene["reader"], scene["items"][0])
        shell(
            palabre,
            "from palabre.spaces.models import Space; from palabre.people.models import OPERATOR, Person\n"
            "Space.objects.get(slug='reseau').dismiss(Person.objects.get(handle='awa'), OPERATOR)",
        )
        page.hear("gone")
        assert page.ended.wait(GIVE_UP)
        shell(
            palabre,
            "from palabre.spaces.models import Space; from palabre.people.models import OPERATOR, Person\n"
            "Space.objects.get(slug='reseau').welcome(Person.objects.get(handle='awa'), 'contributor', OPERATOR)",
        )


def test_each_signal_is_written_once_whatever_dies(made):
    with serving(made) as palabre:
        scene = palabre.scene()
        open_page = Page(palabre, scene["reader"], scene["items"][0])
        killing = {
            2: lambda: palabre.part("worker").kill(),
            5: lambda: palabre.database().kill(),
            8: lambda: palabre.worker_of("web").kill(),
            10: lambda: palabre.part("live").kill(),
        }
        for number in range(12):
            comment_at_last(palabre, scene, f"@awa, relevé {number}.")
            killing.get(number, lambda: None)()
        about = f"person__handle='awa', item={scene['items'][0]}"
        script = (
            "from palabre.signals.models import Entry, Signal\n"
            f"told = Signal.objects.filter({about}, verb='commented').values_list('event', flat=True)\n"
            f"entry = Entry.objects.get({about})\n"
            "print(len(told), len(set(told)), entry.event == max(told, default=0))"
        )
        until = time.monotonic() + 2 * GIVE_UP
        while (told := shell(palabre, script)) != "12 12 True":
            assert time.monotonic() < until, told
            time.sleep(0.5)
        palabre.await_health()
        assert open_page.ended.wait(GIVE_UP)
        heard = {told["comment"] for name, told in [*open_page.kept, *open_page.news.queue] if name == "item"}
        again = Page(palabre, scene["reader"], scene["items"][0], after=open_page.place)
        while len(heard) < 12:
            heard.add(again.hear("item")["comment"])
        again.leave()
