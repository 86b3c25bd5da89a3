"""Ballots for tests: written short, and at random."""

from collections import Counter

from hypothesis import strategies as st

from palabre.counting.ballots import Approval, Grades, Ranking
from palabre.counting.poll import Poll

OPTIONS = ("a", "b", "c", "d")


def ranked(*lines: str, options: str = "") -> Poll[Ranking]:
    """`ranked("3 a b=c", "1 c")`: options that are single letters, in the order of the alphabet."""
    ballots: Counter[Ranking] = Counter()
    for line in lines:
        votes, *ranks = line.split()
        ballots[Ranking(tuple(tuple(rank.split("=")) for rank in ranks))] += int(votes)
    named = {option for ballot in ballots for option in ballot.named()} | set(options)
    return Poll.of(sorted(named), ballots)


@st.composite
def rankings(draw: st.DrawFn) -> Ranking:
    """With equals, and cut short."""
    order = draw(st.permutations(OPTIONS))
    named = order[: draw(st.integers(0, len(order)))]
    ranks: list[list[str]] = []
    for option in named:
        if ranks and draw(st.booleans()) and draw(st.booleans()):
            ranks[-1].append(option)
        else:
            ranks.append([option])
    return Ranking(tuple(tuple(rank) for rank in ranks))


def polls(ballot: st.SearchStrategy, least: int = 1) -> st.SearchStrategy:
    """A few piles of a few votes."""
    return st.dictionaries(ballot, st.integers(1, 5), min_size=least, max_size=7).map(
        lambda ballots: Poll.of(OPTIONS, ballots)
    )


approvals = st.frozensets(st.sampled_from(OPTIONS)).map(Approval)
grades = st.dictionaries(st.sampled_from(OPTIONS), st.integers(0, 4)).map(Grades.of)


def renamed(poll: Poll, names: dict[str, str]) -> Poll:
    """The same poll when options exchange their names, and stand in another order."""
    ballots = {}
    for ballot, votes in poll.piles:
        if isinstance(ballot, Ranking):
            ballot = Ranking(tuple(tuple(names[option] for option in rank) for rank in ballot.ranks))
        elif isinstance(ballot, Approval):
            ballot = Approval(frozenset(names[option] for option in ballot.options))
        else:
            ballot = type(ballot).of({names[option]: mark for option, mark in ballot.marks})
        ballots[ballot] = votes
    return Poll.of(sorted(poll.options), ballots)
