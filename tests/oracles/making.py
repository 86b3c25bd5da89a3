"""Random polls, with few voters so that ties are frequent, and how many of them."""

import os
import random
from collections import Counter

from palabre.counting.ballots import Approval, Grades, Ranking
from palabre.counting.poll import Poll

PROFILES = int(os.environ.get("PROFILES", "2000"))
INSTANCES = int(os.environ.get("INSTANCES", "200"))
# From 1: an oracle takes candidate 0 for none.
OPTIONS = ("1", "2", "3", "4", "5")


def _counted(random_: random.Random, ballot) -> Counter:
    ballots: Counter = Counter()
    for _ in range(random_.randint(1, 9)):
        ballots[ballot()] += random_.choice((1, 1, 1, 2, 3, 7))
    return ballots


def orders(seed: int, equals: bool) -> Poll[Ranking]:
    """Rankings cut short, with equals or without; everybody names somebody."""
    random_ = random.Random(seed)
    options = OPTIONS[: random_.randint(2, 5)]

    def ballot() -> Ranking:
        ranks: list[tuple[str, ...]] = []
        for option in random_.sample(options, random_.randint(1, len(options))):
            if equals and ranks and random_.random() < 0.3:
                ranks[-1] += (option,)
            else:
                ranks.append((option,))
        return Ranking(tuple(ranks))

    return Poll.of(options, _counted(random_, ballot))


def judged(seed: int) -> Poll[Grades]:
    """Every option graded by everybody, from 0 to 4."""
    random_ = random.Random(seed)
    options = OPTIONS[: random_.randint(2, 5)]
    return Poll.of(options, _counted(random_, lambda: Grades.of({option: random_.randint(0, 4) for option in options})))


def wishes(seed: int) -> tuple[Poll[Approval], dict[str, int], int]:
    """Approvals of projects that somebody wants each, their costs, and a budget for some of them."""
    random_ = random.Random(seed)
    options = [f"p{number}" for number in range(random_.randint(2, 7))]

    def ballot() -> Approval:
        return Approval(frozenset(random_.sample(options, random_.randint(1, len(options)))))

    ballots = _counted(random_, ballot)
    for option in options:
        if not any(option in ballot.options for ballot in ballots):
            ballots[Approval(frozenset([option]))] += 1
    costs = {option: random_.choice((5, 10, 10, 20, 30, 37)) for option in options}
    return Poll.of(options, ballots), costs, random_.randint(10, max(11, sum(costs.values())))
