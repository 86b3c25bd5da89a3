"""Real elections and textbook cases whose winners are known, read where they stand."""

import json

import pytest

from palabre.counting.ballots import Ranking
from palabre.counting.poll import Poll
from palabre.counting.schulze import Schulze
from palabre.counting.stv.meek import MeekSTV
from palabre.counting.stv.scottish import ScottishSTV

pytestmark = pytest.mark.corpus


@pytest.fixture
def elections(corpus):
    found = []
    for case in json.loads((corpus("elections") / "vectors.json").read_text()):
        ballots: dict[Ranking, int] = {}
        for each in case["ballots"]:
            ballot = Ranking(tuple(tuple(rank) for rank in each["ranking"]))
            ballots[ballot] = ballots.get(ballot, 0) + each["count"]
        options = sorted({option for ballot in ballots for option in ballot.named()})
        found.append((case["name"], Poll.of(options, ballots), case["results"]))
    return found


def test_the_known_winners_win(elections):
    checked = 0
    for name, poll, results in elections:
        schulze = Schulze().count(poll)
        winner = results.get("condorcet_winner")
        if wanted := {winner} if winner else set(results.get("condorcet_any_method", ())):
            assert schulze.winners == wanted, name
            checked += 1
        elif "condorcet_winner" in results:
            assert schulze.details.condorcet_winner is None, name
        if "schulze_order" in results:
            assert [list(rank) for rank in schulze.ranking] == [[option] for option in results["schulze_order"]], name
            checked += 1
        for rule, seats, wanted in ((ScottishSTV, 1, "irv"), (MeekSTV, 1, "irv"), (ScottishSTV, 3, "stv_droop_3")):
            if wanted in results:
                assert rule(seats).count(poll).winners == set(results[wanted]), (name, rule.name)
                checked += 1
    assert checked >= 10
