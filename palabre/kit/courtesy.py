"""How a robot behaves at other people's doors: it reads robots.txt, waits between requests to a host, and
backs off.

`Rounds` decides whom to visit next and when; it knows no network and no clock, both are given to it, so that
a night of visits is tested in a millisecond. `visit` drives it.
"""

import heapq
import math
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from palabre.kit.outbound import Fetched, Limits, Refused, fetch

NAME = "palabre"
PAUSE = 1.0
LONGEST_PAUSE = 60.0
PATIENCE = 4
ROBOTS = Limits(size=512 * 1024, seconds=10, types=())


class Robots:
    """The rules of a robots.txt that concern us (RFC 9309): the longest matching path wins, `allow` wins a
    tie.
    """

    def __init__(self, text: str = "", name: str = NAME) -> None:
        groups: dict[str, list[tuple[bool, str]]] = {}
        delays: dict[str, float] = {}
        agents: list[str] = []
        gathering = False
        for line in text.lstrip("\ufeff").splitlines()[:5000]:
            key, colon, value = line.partition("#")[0].partition(":")
            key, value = key.strip().lower(), value.strip()
            if not colon:
                continue
            if key == "user-agent":
                agents = [*agents, value.lower()] if gathering else [value.lower()]
                gathering = True
                groups.setdefault(value.lower(), [])
                continue
            gathering = False
            for agent in agents:
                if key in ("allow", "disallow") and value:
                    groups[agent].append((key == "allow", value))
                elif key == "crawl-delay":
                    with suppress(ValueError):
                        delays[agent] = float(value)
        ours = name if name in groups else "*"
        self.rules = groups.get(ours, [])
        self.delay = min(max(delays.get(ours, 0.0), 0.0), LONGEST_PAUSE)

    def allows(self, address: str) -> bool:
        parts = urlsplit(address)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        matching = [(len(rule), allow) for allow, rule in self.rules if _matches(rule, path)]
        return max(matching)[1] if matching else True

    @classmethod
    def of(cls, answer: Fetched) -> "Robots":
        """No file (4xx) allows everything; a host in trouble (5xx) is left in peace."""
        if answer.status >= 500:
            return cls("user-agent: *\ndisallow: /")
        return cls(answer.body.decode("utf-8", "replace") if answer.ok else "")


def _matches(rule: str, path: str) -> bool:
    """Whether a rule with stars, and perhaps a final `$`, begins the path; each piece is sought once, left to
    right.
    """
    first, *rest = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = rest.pop() if rest and rule.endswith("$") else None
    for piece in rest:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if last is not None:
        return path.endswith(last) and len(path) - len(last) >= at
    return not rule.endswith("$") or at == len(path)


@dataclass
class _Host:
    waiting: deque[str] = field(default_factory=deque)
    pause: float = PAUSE
    failures: int = 0


class Rounds:
    """Whom to visit next: hosts in turn, each at most once a `pause`, further apart while a host is in
    trouble.
    """

    def __init__(self, addresses: Iterable[str], pause: float = PAUSE) -> None:
        self.pause = pause
        self.hosts: dict[str, _Host] = {}
        self.ready: list[tuple[float, str]] = []
        for address in dict.fromkeys(addresses):
            name = host_of(address)
            if name not in self.hosts:
                self.hosts[name] = _Host(pause=pause)
                heapq.heappush(self.ready, (0.0, name))
            self.hosts[name].waiting.append(address)

    def next(self) -> tuple[float, str] | None:
        """When, and which address; None when all are done. Answer with `done` before asking again."""
        if not self.ready:
            return None
        at, name = heapq.heappop(self.ready)
        return at, self.hosts[name].waiting[0]

    def done(self, address: str, now: float, *, troubled: bool = False, wait: float = 0.0) -> bool:
        """Tells how the visit went. A host in trouble is asked again later, the same address first, up to
        PATIENCE times; returns whether the answer stands (True) or the address will be visited again
        (False).
        """
        name = host_of(address)
        host = self.hosts[name]
        host.failures = host.failures + 1 if troubled else 0
        stands = not troubled or host.failures >= PATIENCE
        if stands:
            host.waiting.remove(address)
        pause = host.pause * 2**host.failures
        if host.waiting:
            heapq.heappush(self.ready, (now + min(max(pause, wait), LONGEST_PAUSE), name))
        return stands

    def slow_down(self, address: str, pause: float) -> None:
        """The host asked for more than our own pause."""
        host = self.hosts[host_of(address)]
        host.pause = max(host.pause, pause)


class Pace:
    """Waits until a host may be asked again; hears of every single request, those that follow a redirection
    too.
    """

    def __init__(self, pause: float, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self.pause, self.clock, self.sleep = pause, clock, sleep
        self.last: dict[str, float] = {}

    def __call__(self, host: str) -> None:
        if (wait := self.last.get(host, -math.inf) + self.pause - self.clock()) > 0:
            self.sleep(wait)
        self.last[host] = self.clock()


def visit(
    addresses: Iterable[str],
    *,
    ask: Callable[..., Fetched] = fetch,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
    pause: float = PAUSE,
) -> Iterator[tuple[str, Fetched | Refused]]:
    """Visits each address once, politely, and yields what came of it: an answer without its body, or why
    there is none.

    An address that robots.txt closes to us comes back as Refused("robots").
    """
    rounds = Rounds(addresses, pause)
    ask = partial(ask, before=Pace(pause, clock, sleep))
    robots: dict[str, Robots] = {}
    while (turn := rounds.next()) is not None:
        at, address = turn
        if (wait := at - clock()) > 0:
            sleep(wait)
        name = host_of(address)
        if name not in robots:
            robots[name] = _robots(address, ask)
            rounds.slow_down(address, robots[name].delay)
        outcome = _visit(address, robots[name], ask)
        troubled, after = _trouble(outcome)
        if rounds.done(address, clock(), troubled=troubled, wait=after):
            yield address, outcome


def _visit(address: str, robots: Robots, ask: Callable[..., Fetched]) -> Fetched | Refused:
    if not robots.allows(address):
        return Refused("robots")
    try:
        return ask(address, Limits(types=()), read=False)
    except Refused as refused:
        return refused


def _robots(address: str, ask: Callable[..., Fetched]) -> Robots:
    parts = urlsplit(address)
    try:
        return Robots.of(ask(f"{parts.scheme}://{parts.netloc}/robots.txt", ROBOTS))
    except Refused:
        # A host that cannot be reached says so again for each of its addresses, which is what the reader
        # needs to know.
        return Robots()


def _trouble(outcome: Fetched | Refused) -> tuple[bool, float]:
    if isinstance(outcome, Refused):
        return outcome.retry, 0.0
    if outcome.status in (429, 500, 502, 503, 504):
        return True, _retry_after(outcome.headers)
    return False, 0.0


def _retry_after(headers: Mapping[str, str]) -> float:
    value = headers.get("retry-after", "")
    return float(value) if value.isdecimal() else 0.0


def host_of(address: str) -> str:
    return urlsplit(address).netloc.rpartition("@")[2].lower()
