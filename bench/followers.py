"""Ten thousand followers: what they cost whoever posts, and how fast inboxes fill.

A machine has slow seconds, and one of them decides the p95 of a whole run. So pages are posted in blocks, in a space
with followers and in one with none by turns; each block compares its two, and the middle of the blocks is what is said.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.load import Connection, median, post, quantile
from bench.server import Server

BLOCKS, PAIRS = 16, 50
FILLING = 60.0  # seconds in which inboxes are looked at while they fill
SPACES = ("followed", "other")


@dataclass(frozen=True)
class Block:
    """Seconds of the pages of one block, by the space they stand in."""

    spent: dict[str, list[float]]

    def ratio(self, share: float) -> float:
        """A quantile in the space with followers, of that in the one with none."""
        return quantile(self.spent["followed"], share) / quantile(self.spent["other"], share)


def blocks(write: Callable[[str], float], number: int = BLOCKS, pairs: int = PAIRS) -> list[Block]:
    """`write(space)` posts a page and says how long that took; who goes first changes from pair to pair."""
    measured = []
    for _ in range(number):
        block = Block({name: [] for name in SPACES})
        for pair in range(pairs):
            for name in SPACES if pair % 2 else reversed(SPACES):
                block.spent[name].append(write(name))
        measured.append(block)
    return measured


def said(measured: Sequence[Block]) -> list[str]:
    """The two ratios, how far apart the middle half of the blocks is, and the milliseconds behind them."""
    pairs = len(measured[0].spent["other"])
    lines = [f"A page in a space with 10,000 followers, of one with none; {len(measured)} blocks of {pairs} each"]
    for share, target in ((0.95, "  (at most 1.2)"), (0.5, "")):
        ratios = sorted(block.ratio(share) for block in measured)
        low, high = quantile(ratios, 0.25), quantile(ratios, 0.75)
        times = [median([quantile(block.spent[name], share) for block in measured]) * 1000 for name in SPACES]
        lines.append(
            f"  p{share * 100:.0f} {median(ratios):.2f}{target}   half of the blocks from {low:.2f} to {high:.2f}"
            f"   {times[0]:.0f} ms, {times[1]:.0f} ms with none"
        )
    return lines


def measured(server: Server, session: str, token: str, crowd: dict[str, str]) -> list[str]:
    """What posting costs, and then how fast the inboxes fill that it left behind."""
    connection, cookies = Connection(server.port), f"sessionid={session}; csrftoken={token}"

    def write(name: str) -> float:
        form = {"csrfmiddlewaretoken": token, "title": f"News {name}", "body": "A few words.\n"}
        form |= {"space": crowd[name], "kind": "page", "publish": "1"}
        asked = time.perf_counter()
        status, _, body = connection.ask(post("/write/", cookies, urlencode(form).encode()))
        if status != 302:
            raise SystemExit(f"a page was answered with {status}: {body[:300]!r}")
        return time.perf_counter() - asked

    lines = said(blocks(write))
    before = _signals(server)
    time.sleep(FILLING)
    after = _signals(server)
    rate = (after["signals"] - before["signals"]) / (after["at"] - before["at"])
    # What waits would take many minutes more, and say nothing new.
    server.run("bench.world", "disperse")
    server.run("bench.world", "settle")
    return [*lines, f"  inboxes fill at {rate:.0f} a second (more than 2,000)"]


def _signals(server: Server) -> dict[str, float]:
    found: dict[str, float] = json.loads(server.run("bench.world", "signals").splitlines()[-1])
    return found
