"""A count is told so that it can be read at a glance, whatever the options are called."""

from collections import Counter

from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from palabre.counting.ballots import Credits, Grades, Ranking
from palabre.counting.judgement import MajorityJudgement
from palabre.counting.poll import Poll
from palabre.counting.quadratic import Quadratic
from palabre.counting.schulze import Schulze
from palabre.counting.stv.meek import MeekSTV
from palabre.counting.stv.scottish import ScottishSTV
from palabre.counting.terms import Terms
from palabre.counting.ties import Chair
from palabre.decisions.telling import told

LONG = "Un vélo-cargo pour les agences de Dakar"
TITLES = {"1": LONG, "2": "Deux bornes", "3": "Rien"}


def table(rule, ballots):
    poll = Poll.of([*TITLES], Counter(ballots), eligible=len(ballots))
    return told(Terms(rule).count(poll).plain(), TITLES).table


def test_pairs_stand_under_numbers_and_say_who_is_preferred():
    found = table(Schulze(), [Ranking.of("1", "2", "3"), Ranking.of("1", "3", "2"), Ranking.of("2", "1", "3")])
    assert found.headed == [("1", LONG), ("2", "Deux bornes"), ("3", "Rien")]
    assert [row.title for row in found.rows] == [f"1. {LONG}", "2. Deux bornes", "3. Rien"]
    assert [(row.cells, row.ahead) for row in found.rows] == [
        (["–", 2, 3], {1, 2}), ([1, "–", 2], {2}), ([0, 1, "–"], frozenset()),
    ]  # fmt: skip


def test_each_stage_of_a_count_by_transfers_names_who_it_is_about():
    """Meek counts the surplus of all who are elected at once, which is nobody's in particular."""
    with override("en"):
        found = table(MeekSTV(2), [Ranking.of("1", "2")] * 5 + [Ranking.of("2", "3")] * 2 + [Ranking.of("3")] * 2)
    assert "What those elected have above the quota goes on." in found.words[1]
    assert all("  " not in words for words in found.words)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30))
def test_the_middle_of_a_profile_is_its_median(grades):
    row = table(MajorityJudgement(), [Grades.of(dict.fromkeys(TITLES, grade)) for grade in grades]).rows[0]
    assert abs(sum(part.length for part in row.profile) - 100) < 0.1
    # Of an even number, the lower of the two in the middle: what comes after the line.
    at = next(part for part in row.profile if part.start <= 50.02 < part.start + part.length)
    assert at.grade == sorted(grades)[(len(grades) - 1) // 2]


def test_equals_are_told_by_what_became_of_them():
    """Who is left out by lot has not won it; and where nothing decides, what that changes is said, once."""
    behind = [Ranking.of("1")] * 3 + [Ranking.of("2"), Ranking.of("3")]
    either = [Ranking.of("1")] * 2 + [Ranking.of("2", "1"), Ranking.of("3", "1")]
    with override("en"):
        by_list = Terms(ScottishSTV(2), ties=Chair(("1", "2", "3"))).count(Poll.of([*TITLES], Counter(behind)))
        assert told(by_list.plain(), TITLES).remarks == [
            "Equal: Deux bornes and Rien. As declared, the order of the list decides: Rien is left out."
        ]
        [same] = told(Terms(ScottishSTV(1)).count(Poll.of([*TITLES], Counter(either))).plain(), TITLES).remarks
        assert "the choice is the same whichever is taken" in same
        two = Poll.of([*TITLES], Counter([Ranking.of("1"), Ranking.of("2")]))
        equal = told(Terms(Schulze()).count(two).plain(), TITLES)
    assert equal.left == [LONG, "Deux bornes"] and equal.remarks == ["Nothing was declared that decides between them."]
    assert [row.won for row in equal.table.rows] == ["open", "open", ""]
    assert equal.table.words[-1] == f"In order: {LONG} and Deux bornes, then Rien."


def test_what_is_below_nothing_has_a_real_minus():
    found = table(Quadratic(100, True, 1), [Credits.of({"1": -4, "2": 3})])
    assert [row.cells[0] for row in found.rows] == [3, 0, "−4"]
