"""Schulze's method and the transferable vote beside pref_voting."""

from itertools import permutations

from pref_voting.margin_based_methods import beat_path
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.proportional_methods import stv_meek, stv_scottish

from palabre.counting.schulze import Schulze
from palabre.counting.stv.meek import MeekSTV
from palabre.counting.stv.scottish import ScottishSTV
from tests.oracles.making import PROFILES, orders


def theirs(poll) -> ProfileWithTies:
    """The same poll; who is not ranked stands below who is."""
    rankings = [
        {int(option): place for place, rank in enumerate(ballot.ranks, 1) for option in rank}
        for ballot, _ in poll.piles
    ]
    counts = [votes for _, votes in poll.piles]
    profile = ProfileWithTies(rankings, rcounts=counts, candidates=[int(option) for option in poll.options])
    profile.use_extended_strict_preference()
    return profile


def test_schulze_has_the_same_winners_ties_included():
    tied = 0
    for seed in range(PROFILES):
        poll = orders(seed, equals=True)
        profile = theirs(poll)
        expected = {str(winner) for winner in beat_path(profile, strength_function=profile.support)}
        assert Schulze().count(poll).winners == expected, seed
        tied += len(expected) > 1
    print(f"\nSchulze: {PROFILES} profiles, {tied} of them with several winners")
    assert tied > PROFILES / 50


class Lots:
    """Lots drawn along a script; `open` are the ways not taken, `many` whether a lot was among more than two."""

    def __init__(self, script):
        self.script, self.path, self.open, self.many = script, [], [], False

    def choice(self, tied):
        tied = sorted(tied)
        self.many = self.many or len(tied) > 2
        if len(self.path) < len(self.script):
            taken = self.script[len(self.path)]
        else:
            taken = tied[0]
            self.open += [(*self.path, other) for other in tied[1:]]
        self.path.append(taken)
        return taken


def every_lot(profile, seats):
    """Each set that the oracle elects, however its lots fall, and whether one was among more than two."""
    scripts, found, many = [()], set(), False
    while scripts:
        lots = Lots(scripts.pop())
        found.add(frozenset(str(option) for option in stv_scottish(profile, num_seats=seats, rng=lots)))
        scripts += lots.open
        many = many or lots.many
    return found, many


def test_the_scottish_count_elects_the_same_sets_ties_included():
    """With one latitude: of three equals, where earlier stages leave two, the oracle draws among all and we do not."""
    tied = narrower = 0
    for seed in range(PROFILES):
        poll, seats = orders(seed, equals=False), 1 + seed % 3
        if seats >= len(poll.options):
            seats = len(poll.options) - 1
        ours = {frozenset(outcome) for outcome in ScottishSTV(seats).count(poll).details.outcomes}
        expected, many = every_lot(theirs(poll), seats)
        if ours != expected:
            assert many and ours < expected, (seed, seats, ours, expected)
            narrower += 1
        tied += len(expected) > 1
    print(f"\nScottish: {PROFILES} profiles, {tied} of them with several sets, {narrower} told apart by earlier stages")
    assert tied > PROFILES / 50
    assert narrower < PROFILES / 50


def test_meeks_count_elects_the_same_sets_ties_included():
    """The oracle has floating numbers, and may tell apart what is equal: it is asked in every order of preference."""
    tied = missed = 0
    for seed in range(PROFILES):
        poll, seats = orders(seed, equals=False), 1 + seed % 3
        if seats >= len(poll.options):
            seats = len(poll.options) - 1
        ours = {frozenset(outcome) for outcome in MeekSTV(seats).count(poll).details.outcomes}
        profile, expected = theirs(poll), set()
        everybody = [int(option) for option in poll.options]
        for order in permutations(everybody) if len(ours) > 1 else [everybody]:
            place = {option: number for number, option in enumerate(order)}
            elected = stv_meek(profile, num_seats=seats, tie_break_key=place.__getitem__)
            expected.add(frozenset(str(option) for option in elected))
        if ours != expected:
            assert expected < ours, (seed, seats, ours, expected)
            missed += 1
        tied += len(ours) > 1
    print(f"\nMeek: {PROFILES} profiles, {tied} of them with several sets, {missed} of which the oracle tells apart")
    assert missed < PROFILES / 50
