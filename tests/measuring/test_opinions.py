"""Groups of opinion: as pol.is grouped the same votes, in conversations it published (CC BY 4.0, data/polis)."""

import csv

import numpy as np
import pytest

from palabre.measuring import opinions
from palabre.measuring.statements import Votes, counted, dividing, priority, standings, typical, uniting
from tests.measuring.agreement import adjusted_rand

PUBLISHED = (
    "austria-climate.2vkxcncppn.2022-07-07",
    "canadian-electoral-reform",
    "scoop-hivemind.biodiversity",
    "15-per-hour-seattle",
    "vtaiwan.uberx",
)
MISSED = "scoop-hivemind.freshwater"  # an older export, in which everybody was grouped, by other means
LEAST = 0.80


def conversation(folder):
    """Its votes, the group of each person (None for none), and the statements that were moderated out."""
    with (folder / "participants-votes.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    asked = [place for place, name in enumerate(header) if name.isdecimal()]  # a statement has a number for a name
    votes = np.array([[float(row[place]) if row[place] else np.nan for place in asked] for row in rows])
    group = [row[header.index("group-id")] or None for row in rows]
    names = {header[place]: number for number, place in enumerate(asked)}
    with (folder / "comments.csv").open(newline="") as file:
        told = list(csv.DictReader(file))
    out = [names[row["comment-id"]] for row in told if row["moderated"] == "-1" and row["comment-id"] in names]
    return votes, group, out


def compared(folder):
    """Our map in the published number of groups and its index, and our own number of groups with its index."""
    votes, group, out = conversation(folder)
    number = len({each for each in group if each is not None})
    found = []
    for asked in (number, None):
        drawn = opinions.draw(votes, groups=asked, left_out=out)
        both = [(group[row], label) for row, label in zip(drawn.people, drawn.labels, strict=True) if group[row]]
        found.append((drawn.groups, adjusted_rand(*zip(*both, strict=True))))
    return found


@pytest.mark.corpus
@pytest.mark.parametrize("name", PUBLISHED)
def test_groups_are_those_of_polis_in_their_number(name, corpus, record_property):
    published, ours = compared(corpus("polis") / name)
    record_property("published groups, index; our groups, index", (*published, *ours))
    assert published[1] >= LEAST, f"{name}: {published}; our own number of groups and its index: {ours}"
    assert 2 <= ours[0] <= 5


@pytest.mark.corpus
def test_freshwater_is_the_miss_it_is(corpus):
    published, _ours = compared(corpus("polis") / MISSED)
    assert published[1] < LEAST


@pytest.fixture
def camps():
    """Forty people, thirty for four statements and against four others, ten the other way round; all for the ninth. One
    in seven votes is another one, drawn at random."""
    many, few = [1.0] * 4 + [-1] * 4 + [1], [-1.0] * 4 + [1] * 4 + [1]
    votes, rng = np.array([many] * 30 + [few] * 10), np.random.default_rng(4)
    other = rng.random(votes.shape) < 1 / 7
    votes[other] = rng.choice([-1.0, 0.0, 1.0], other.sum())
    return votes


def test_two_camps_are_two_groups_the_larger_first(camps):
    drawn = opinions.draw(camps)
    assert drawn.groups == 2
    assert drawn.labels.tolist() == [0] * 30 + [1] * 10
    assert max(drawn.silhouettes, key=drawn.silhouettes.get) == 2


def test_what_unites_and_what_divides(camps):
    groups = [counted(camps[:30]), counted(camps[30:])]
    told = standings(groups)
    assert [each.statement for each in uniting(told)] == [8]
    assert {each.statement for each in dividing(told, 9)} == set(range(8))
    first = typical(*groups)
    assert len(first) == 5 and {each.statement for each in first if each.agrees} < {0, 1, 2, 3}
    assert first[0].agrees and not first[-1].agrees
    assert all(each.statement != 8 for each in first)


def test_by_hand_votes_have_a_grain_of_prior():
    assert Votes(8, 1, 10).agreeing == 9 / 12
    assert Votes(0, 0, 0).agreeing == 0.5


def test_what_few_have_seen_is_asked_first():
    assert priority(Votes(1, 0, 1), 0.5) > priority(Votes(20, 5, 30), 0.5) > priority(Votes(2, 3, 30), 0.5)


def test_of_the_ways_to_group_people_only_those_with_as_many_in_each_count():
    """Two camps of eleven, one of each unsure of one thing, and three who say the contrary of both on another matter:
    three groups stand apart best, and the third is of three."""
    ours, theirs, others = [1, 1, -1, -1, 1, 1], [-1, -1, 1, 1, 1, 1], [0, 0, 0, 0, -1, -1]
    unsure = [[1, 1, -1, 0, 1, 1], [-1, -1, 1, 0, 1, 1]]
    votes = np.array([ours] * 10 + [theirs] * 10 + unsure + [others] * 3, dtype=float)
    assert np.bincount(opinions.draw(votes).labels).tolist() == [11, 11, 3]
    assert np.bincount(opinions.draw(votes, least=5).labels).min() >= 5
    assert opinions.draw(votes, least=13) is None


def test_what_half_say_unites_nobody():
    """Of one group of 17 in which 9 agree and 8 do not, nothing can be said; of 16 for and 1 against, it can."""
    (told,) = uniting(standings([[Votes(9, 8, 17), Votes(16, 1, 17)]]))
    assert told.statement == 1


def test_of_too_few_there_is_no_map():
    assert opinions.draw(np.array([[1.0, -1], [1, 1]])) is None
    assert opinions.draw(np.full((5, 3), np.nan)) is None
    assert opinions.draw(np.array([[1.0, 1, 1]] * 20)) is None


def test_the_index_is_one_for_the_same_groups_by_other_names():
    assert adjusted_rand([0, 0, 1, 1, 2], "bbaac") == 1
    assert abs(adjusted_rand([0, 0, 1, 1], [0, 1, 0, 1]) + 0.5) < 1e-9
