"""How long counts take: 20,000 ballots on 12 options, nearly all different (`bin/bench --only counting`)."""

import random
import time
from collections import Counter

from palabre.counting.ballots import Ranking
from palabre.counting.poll import Poll
from palabre.counting.schulze import Schulze
from palabre.counting.stv.meek import MeekSTV
from palabre.counting.stv.scottish import ScottishSTV

BALLOTS, OPTIONS = 20_000, "abcdefghijkl"
COUNTS = (
    ("Schulze", Schulze(), "under 2 s"),
    ("Meek, 4 seats", MeekSTV(4), "under 10 s"),
    ("Scottish, 4 seats", ScottishSTV(4), ""),
)


def ballots() -> Counter[Ranking]:
    """As people fill them: some name all options, others a few."""
    random_, found = random.Random(1), Counter[Ranking]()  # noqa: S311
    for _ in range(BALLOTS):
        order = random_.sample(OPTIONS, random_.randint(6, len(OPTIONS)))
        found[Ranking(tuple((option,) for option in order))] += 1
    return found


def measured() -> list[str]:
    """One line a rule, the best of three runs, each from ballots to result."""
    cast, lines = ballots(), []
    for name, rule, target in COUNTS:
        spent = []
        for _ in range(3):
            begun = time.perf_counter()
            rule.count(Poll.of(OPTIONS, cast))
            spent.append(time.perf_counter() - begun)
        lines.append(f"  {name:<30} {min(spent):7.2f} s{f'   ({target})' if target else ''}")
    return lines
