"""Schulze's method: textbook cases and what it promises."""

import pytest
from hypothesis import given, settings

from palabre.counting.ballots import Ranking
from palabre.counting.pairwise import Pairwise
from palabre.counting.poll import Poll
from palabre.counting.schulze import Schulze
from palabre.counting.ties import StatusQuo
from tests.counting.making import OPTIONS, polls, ranked, rankings

# Schulze 2011, example 1: 45 voters, and no option that beats all others.
TEXTBOOK = ranked("5 a c b e d", "5 a d e c b", "8 b e d a c", "3 c a b e d", "7 c a e b d", "2 c b a d e",
                  "7 d c e b a", "8 e b a d c")  # fmt: skip


def test_the_textbook_case_gives_its_order_its_table_and_its_paths():
    result = Schulze().count(TEXTBOOK)
    assert result.winners == {"e"}
    assert result.ranking == (("e",), ("a",), ("c",), ("b",), ("d",))
    assert result.details.pairwise.preferring == (
        (0, 20, 26, 30, 22),
        (25, 0, 16, 33, 18),
        (19, 29, 0, 17, 24),
        (15, 12, 28, 0, 14),
        (23, 27, 21, 31, 0),
    )
    assert result.details.strongest == (
        (0, 28, 28, 30, 24),
        (25, 0, 28, 33, 24),
        (25, 29, 0, 29, 24),
        (25, 28, 28, 0, 24),
        (25, 28, 28, 31, 0),
    )


def test_options_that_nobody_beats_are_all_winners():
    # Nobody has a stronger chain to b or to d than they have back.
    poll = ranked("3 a b c d", "2 d a b c", "2 d b c a", "2 c b d a")
    result = Schulze().count(poll)
    assert result.winners == {"b", "d"}
    assert (result.sure, result.decided) == (set(), False)
    assert Schulze().count(poll, StatusQuo("d")).winners == {"d"}
    assert Schulze().count(poll, StatusQuo("a")).winners == {"b", "d"}


def test_who_is_not_named_comes_after_all_who_are():
    table = Pairwise.of(ranked("2 a", "3 b=c", options="d"))
    assert table.preferring == ((0, 2, 2, 2), (3, 0, 0, 3), (3, 0, 0, 3), (0, 0, 0, 0))


def test_empty_ballots_choose_nobody():
    assert Schulze().count(Poll.of("ab", {Ranking(): 3})).winners == set()


@given(polls(rankings()))
@settings(deadline=None)
def test_the_table_is_what_counting_pair_by_pair_gives(poll):
    table = Pairwise.of(poll)
    for i, one in enumerate(OPTIONS):
        for j, other in enumerate(OPTIONS):
            assert table.preferring[i][j] == sum(votes for ballot, votes in poll.piles if _above(ballot, one, other))


def _above(ballot: Ranking, one: str, other: str) -> bool:
    place = {option: number for number, rank in enumerate(ballot.ranks) for option in rank}
    return place.get(one, 99) < place.get(other, 99)


@given(polls(rankings()))
@settings(deadline=None)
def test_who_beats_all_others_wins_alone_and_all_winners_are_in_the_smith_set(poll):
    result = Schulze().count(poll)
    if result.details.condorcet_winner:
        assert result.winners == {result.details.condorcet_winner}
    assert result.winners <= result.details.smith_set


@given(polls(rankings()))
@settings(deadline=None)
def test_a_winner_put_first_by_some_who_had_not_stays_a_winner(poll):
    for option in Schulze().count(poll).winners:
        ballot, votes = poll.piles[0]
        rest = tuple(rank for rank in (tuple(o for o in rank if o != option) for rank in ballot.ranks) if rank)
        raised = Ranking(((option,), *rest))
        piles = dict(poll.piles[1:])
        piles[raised] = piles.get(raised, 0) + votes
        assert option in Schulze().count(Poll.of(poll.options, piles)).winners


@given(polls(rankings()))
@settings(deadline=None)
def test_an_order_turned_round_does_not_keep_its_only_winner(poll):
    """Reversal symmetry (Schulze 2011, section 4.4)."""
    whole = {}
    for ballot, votes in poll.piles:
        rest = tuple(option for option in OPTIONS if option not in set(ballot.named()))
        ranks = (*ballot.ranks, rest) if rest else ballot.ranks
        whole[Ranking(ranks)] = whole.get(Ranking(ranks), 0) + votes
    winners = Schulze().count(Poll.of(OPTIONS, whole)).winners
    turned = {}
    for ballot, votes in whole.items():
        turned[Ranking(ballot.ranks[::-1])] = votes
    loser = Schulze().count(Poll.of(OPTIONS, turned)).winners
    if len(winners) == 1 and len(loser) == 1:
        assert winners != loser


@pytest.mark.parametrize("wrong", [(("a", "a"),), (("a",), ("a",)), ((),)])
def test_an_option_stands_once_on_a_ballot_and_no_rank_is_empty(wrong):
    with pytest.raises(ValueError, match="ballot"):
        Ranking(wrong)
