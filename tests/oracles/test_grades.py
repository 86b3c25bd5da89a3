"""Majority judgement beside pref_voting."""

from pref_voting.grade_methods import majority_judgement
from pref_voting.grade_profiles import GradeProfile

from palabre.counting.judgement import MajorityJudgement
from tests.oracles.making import PROFILES, judged


def test_majority_judgement_has_the_same_winners_ties_included():
    tied = 0
    for seed in range(PROFILES):
        poll = judged(seed)
        maps = [dict(ballot.marks) for ballot, votes in poll.piles for _ in range(votes)]
        profile = GradeProfile(maps, [0, 1, 2, 3, 4], candidates=list(poll.options))
        expected = set(majority_judgement(profile))
        assert MajorityJudgement(5).count(poll).winners == expected, seed
        tied += len(expected) > 1
    print(f"\nMajority judgement: {PROFILES} profiles, {tied} of them with several winners")
    assert tied > PROFILES / 50
