"""How soon a change is found and a right is felt: from the answer of a request to the search that knows it."""

import random
import string
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urlencode

from bench.load import Connection, get, post

SAMPLES = 20
PATIENCE = 30.0
PAUSE = 0.005  # between two questions, so that whoever asks does not hold up what is measured


@dataclass
class Searching:
    """Somebody who asks again and again until the results show a page, or no longer do."""

    connection: Connection
    session: str

    def shows(self, address: str, query: str) -> bool:
        request = get(f"/search/?q={quote_plus(query)}", f"sessionid={self.session}")
        _, _, body = self.connection.ask(request.replace(b"Accept-Encoding: gzip\r\n", b""))
        return f'href="{address}'.encode() in body

    def wait(self, address: str, query: str, *, shown: bool) -> float:
        """Seconds until `address` is (`shown`) or is no longer among the results."""
        begun = time.perf_counter()
        while self.shows(address, query) != shown:
            if time.perf_counter() - begun > PATIENCE:
                raise SystemExit(f"{address} is {'not ' if shown else 'still '}found after {PATIENCE:g} s.")
            time.sleep(PAUSE)
        return time.perf_counter() - begun


def changes(port: int, known: dict[str, Any], token: str) -> list[float]:
    """Seconds between the answer of a save and its new word being found."""
    connection, reader = Connection(port), Searching(Connection(port), known["session"])
    choose, saved = random.Random(5), known["saves"][0]  # noqa: S311
    spent = []
    for _ in range(SAMPLES):
        word = "".join(choose.choices(string.ascii_lowercase, k=14))
        form = {name: saved[name] for name in ("title", "space", "kind")}
        form |= {"body": f"{saved['body']}\n\n{word}", "based_on": 10**9}
        _send(connection, f"/items/{saved['pk']}/edit/", known["session"], token, form)
        spent.append(reader.wait(saved["address"], f'"{word}"', shown=True))
    return spent


def rights(port: int, known: dict[str, Any], token: str) -> tuple[list[float], list[float]]:
    """Seconds between the answer of a revocation and the result being gone, of a grant and its being there again."""
    connection, reader = Connection(port), Searching(Connection(port), known["session"])
    told = known["rights"]
    members = f"/spaces/{told['space']}/members/"
    gone, back = [], []
    for _ in range(SAMPLES):
        _send(connection, f"{members}{told['person']}/", told["session"], token, {"remove": "1"})
        gone.append(reader.wait(told["address"], told["query"], shown=False))
        _send(connection, members, told["session"], token, {"person": told["handle"], "role": "contributor"})
        back.append(reader.wait(told["address"], told["query"], shown=True))
    return gone, back


def _send(connection: Connection, path: str, session: str, token: str, form: dict[str, Any]) -> None:
    cookies = f"sessionid={session}; csrftoken={token}"
    status, _, body = connection.ask(post(path, cookies, urlencode(form | {"csrfmiddlewaretoken": token}).encode()))
    if status != 302:
        raise SystemExit(f"{path} answered {status}: {body[:200]!r}")


def said(name: str, spent: Sequence[float]) -> str:
    """A line of the report: median and largest, in milliseconds, of the samples."""
    ordered = sorted(spent)
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    return f"  {name:<30} median {middle * 1000:7.1f} ms   largest {ordered[-1] * 1000:7.1f} ms"
