"""`bin/bench`: one run, medians of interleaved rounds, beside the floor.

bin/bench [--rounds 5] [--seconds 3] [--only followers] [--without-engine]
"""

import itertools
import json
import math
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlencode

import click

from bench import answers, counting, followers, freshness, streams
from bench.load import Load, Measure, get, median, post, quantile
from bench.server import Server

PARTS = ("pages", "saves", "memory", "signals", "followers", "counting", "answers", "engine")
READERS = 8
TOKEN = "a" * 32
REST = 75  # seconds
TARGETS = {
    "item": 0.6,
    "vote": 0.6,
    "consultation": 0.6,
    "search": 0.6,
    "home": 0.5,
    "home after 10,000 more events": 0.5,
}
Asking = Callable[[int], Iterator[bytes]]


@click.command()
@click.option("--rounds", default=5, show_default=True)
@click.option("--seconds", default=3.0, show_default=True, help="For each measure of a round.")
@click.option(
    "--only", "parts", multiple=True, type=click.Choice(PARTS), help="What to measure; everything else is left out."
)
@click.option("--without-engine", is_flag=True, help="Leave out the index of 200,000 items.")
def bench(rounds: int, seconds: float, parts: tuple[str, ...], without_engine: bool) -> None:
    """Measure pages, saves, news, search engine, start-up and memory, beside a bare page."""
    wanted = set(parts or PARTS) - ({"engine"} if without_engine else set())
    if "counting" in wanted:
        click.echo(f"Counts of {counting.BALLOTS:,} ballots on {len(counting.OPTIONS)} options")
        click.echo("\n".join([*counting.measured(), ""]))
        wanted.remove("counting")
    if not wanted:
        return
    folder = Path(tempfile.mkdtemp(prefix="palabre-bench-"))
    folder.chmod(0o711)
    server = Server(folder / "data")
    try:
        _starts(server)
        if "answers" in wanted:
            click.echo(f"Answers to a consultation, {answers.ANSWERS:,} devices, {answers.CLIENTS} connections")
            click.echo("\n".join([*answers.measured(server, TOKEN), ""]))
        if wanted - {"engine", "answers"}:
            _run(server, wanted, rounds, seconds)
        if "engine" in wanted:
            _engine(server, folder / "engine")
    finally:
        shutil.rmtree(folder)


def _run(server: Server, wanted: set[str], rounds: int, seconds: float) -> None:
    known = json.loads(server.run("bench.world", "fill").splitlines()[-1])
    server.run("palabre.project.cli", "reindex")
    with server.running():
        _settled(server, "10,000 items that appeared")
        if "pages" in wanted:
            _pages(server, known, rounds, seconds)
        if "saves" in wanted:
            _saves(server, known, rounds, seconds)
            _freshness(server, known)
        if "memory" in wanted:
            _memory(server)
        if "signals" in wanted:
            _open_pages(server, known)
        if "followers" in wanted:
            _followers(server, known)
            _inboxes(server, known)


def _starts(server: Server) -> None:
    with server.running() as first:
        pass
    seconds = []
    for _ in range(3):
        with server.running() as second:
            seconds.append(second)
    click.echo(f"Start-up: first (with the demo world) {first:.1f} s, second {median(seconds):.1f} s (under 5)\n")


def _settled(server: Server, what: str) -> None:
    """What was written at once is told in the background before anything is measured."""
    seconds = json.loads(server.run("bench.world", "settle").splitlines()[-1])["seconds"]
    click.echo(f"  (all is told of {what} after {seconds:.0f} s)")


def _pages(server: Server, known: dict[str, Any], rounds: int, seconds: float) -> None:
    cookies = f"sessionid={known['session']}; csrftoken={TOKEN}"

    def of(paths: list[str]) -> Asking:
        return lambda client: itertools.cycle([get(path, cookies) for path in paths[client:] + paths[:client]])

    pages = {
        "floor": of(["/floor/1/"]),
        "item": of(known["items"]),
        "space": of(known["spaces"]),
        "vote": of(known["votes"]),
        "consultation": of(known["consultations"]),
        "home": of(["/"]),
        "search": of([f"/search/?q={quote_plus(query)}" for query in known["queries"]]),
    }
    click.echo(f"Pages, signed in, {READERS} connections, 10,000 items; median of {rounds} rounds of {seconds:g} s")
    _warm(server, pages)
    before = _interleaved(server, pages, READERS, rounds, seconds, (200,))
    server.run("bench.world", "events", "10000")
    _settled(server, "10,000 more events")
    later = {"floor": pages["floor"], "home after 10,000 more events": pages["home"]}
    after = _interleaved(server, later, READERS, rounds, seconds, (200,))
    _table(before)
    _table(after, leave_out="floor")


def _saves(server: Server, known: dict[str, Any], rounds: int, seconds: float) -> None:
    cookies = f"sessionid={known['session']}; csrftoken={TOKEN}"
    count = itertools.count()

    def floor(client: int) -> Iterator[bytes]:
        while True:
            form = {"csrfmiddlewaretoken": TOKEN, "body": f"<p>{next(count)}</p>{known['html'][:6100]}"}
            yield post(f"/floor/{2 + client}/save/", cookies, urlencode(form).encode())

    def save(client: int) -> Iterator[bytes]:
        saved = known["saves"][client]
        while True:
            form = {
                "csrfmiddlewaretoken": TOKEN,
                "title": saved["title"],
                "body": f"{saved['body']}\n\nVersion {next(count)}.",
                "space": saved["space"],
                "kind": saved["kind"],
                "based_on": 10**9,
            }
            yield post(f"/items/{saved['pk']}/edit/", cookies, urlencode(form).encode())

    for clients in (1, 4):
        click.echo(f"\nSaves of a text of 6 KB, {clients} at once (at least 0.5 of the floor's)")
        _table(_interleaved(server, {"floor": floor, "save": save}, clients, rounds, seconds, (302,)))


def _freshness(server: Server, known: dict[str, Any]) -> None:
    changed = freshness.changes(server.port, known, TOKEN)
    gone, back = freshness.rights(server.port, known, TOKEN)
    click.echo(f"\nFrom an answer to the search that knows it, {freshness.SAMPLES} samples each (largest under 2 s)")
    click.echo(freshness.said("a saved text is found", changed))
    click.echo(freshness.said("a right taken: no longer found", gone))
    click.echo(freshness.said("a right given: found again", back))


def _open_pages(server: Server, known: dict[str, Any]) -> None:
    crowd = _crowd(server, known)
    click.echo("\nOpen pages of one item: from the press of a button to the news in all of them")
    pages = streams.Pages(server.port, known["open"], crowd["sessions"])
    before = server.memory()["live"]
    for number, text in ((50, "p50 under 60 ms"), (500, "p99 under 200 ms"), (1000, "p95 under 1 s, and memory")):
        pages.open(number - pages.number)
        spent = [each for one in streams.comments(pages, known["session"], TOKEN, 10) for each in one]
        p50, p95, p99 = (quantile(spent, share) * 1000 for share in (0.5, 0.95, 0.99))
        click.echo(f"  {number:>5} open   p50 {p50:7.1f} ms   p95 {p95:7.1f} ms   p99 {p99:7.1f} ms   ({text})")
    each = (server.memory()["live"] - before) / 1000 * 1024
    pages.close()
    click.echo(f"  a stream costs the live process {each:.0f} kB")


def _crowd(server: Server, known: dict[str, Any]) -> dict[str, Any]:
    """Ten thousand people, made once, for whichever part asks first."""
    if "crowd" not in known:
        known["crowd"] = json.loads(server.run("bench.world", "crowd").splitlines()[-1])
    crowd: dict[str, Any] = known["crowd"]
    return crowd


def _followers(server: Server, known: dict[str, Any]) -> None:
    lines = followers.measured(server, known["session"], TOKEN, _crowd(server, known))
    click.echo("\n".join(["", *lines]))


def _inboxes(server: Server, known: dict[str, Any]) -> None:
    crowd = _crowd(server, known)
    inboxes = {name: _asks_for_inbox(crowd[name]) for name in ("full", "empty")}
    measured = _interleaved(server, inboxes, 1, 5, 1.0, (200,))
    middle = {name: median([each.quantile(0.5) for each in rounds]) for name, rounds in measured.items()}
    click.echo(
        f"  an inbox with {crowd['entries']} unread opens in {middle['full'] / middle['empty']:.2f} of the time of an"
        " empty one (at most 1.5)"
    )


def _asks_for_inbox(session: str) -> Asking:
    return lambda _client: itertools.cycle([get("/inbox/", f"sessionid={session}")])


def _warm(server: Server, pages: dict[str, Asking]) -> None:
    for asking in pages.values():
        Load(server.port, READERS, 1.0).run(asking)


def _interleaved(
    server: Server, pages: dict[str, Asking], clients: int, rounds: int, seconds: float, ok: tuple[int, ...]
) -> dict[str, list[Measure]]:
    measured: dict[str, list[Measure]] = {name: [] for name in pages}
    for _ in range(rounds):
        for name, asking in pages.items():
            load = Load(server.port, clients, seconds, ok)
            measured[name].append(load.run(asking))
            if load.failed:
                click.echo(f"  {name}: {len(load.failed)} failed, the first: {load.failed[0]}")
    return measured


def _table(measured: dict[str, list[Measure]], leave_out: str = "") -> None:
    floor = [measure.rate or math.nan for measure in measured["floor"]]
    for name, rounds in measured.items():
        if name == leave_out:
            continue
        ratio = median([measure.rate / rate for measure, rate in zip(rounds, floor, strict=True)])
        target = f"  (at least {TARGETS[name]})" if name in TARGETS else ""
        click.echo(
            f"  {name:<30} {median([each.rate for each in rounds]):7.1f} /s"
            f"   p50 {median([each.quantile(0.5) for each in rounds]) * 1000:6.1f} ms"
            f"   p99 {median([each.quantile(0.99) for each in rounds]) * 1000:6.1f} ms"
            f"   {ratio:4.2f} of the floor{target}"
        )


def _memory(server: Server) -> None:
    """At once, and when what was only needed meanwhile has been given back."""
    busy = server.memory()
    time.sleep(REST)
    quiet = server.memory()
    click.echo(f"\nMemory (PSS): as all this ends, and {REST} seconds later")
    for name, size in sorted(quiet.items(), key=lambda each: -each[1]):
        click.echo(f"  {name:<30} {busy.get(name, 0):7.1f} MB {size:7.1f} MB")
    click.echo(f"  {'all':<30} {sum(busy.values()):7.1f} MB {sum(quiet.values()):7.1f} MB (under 600)")


def _engine(server: Server, folder: Path) -> None:
    found = json.loads(server.run("bench.engine", str(folder)).splitlines()[-1])
    click.echo(
        f"\nEngine: 200,000 items, 60 of 300 spaces, passages of ten: p50 {found['p50']:.1f} ms, "
        f"p95 {found['p95']:.1f} ms (under 10); indexed in {found['indexed']:.0f} s"
    )


if __name__ == "__main__":
    sys.exit(bench())
