"""The map of an item's neighbourhood."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from palabre.links.neighbourhood import LINE, UPRIGHT, Sprig, spread, sprigs, upright

EDGES = st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), max_size=80)
EVERYONE = range(1, 31)


def apart(places, lines):
    """Whether these titles, each `lines` high and beside its node, leave room to each other on their side."""
    for side in (-1, 1):
        heights = sorted(place.y for place in places if place.side == side)
        if any(after - before < lines * LINE for before, after in pairwise(heights)):
            return False
    return True


def test_neighbours_stand_on_the_first_ring_and_theirs_beyond_them():
    branches = sprigs(1, [(1, 2), (3, 1), (3, 4), (5, 6)])
    assert branches == [Sprig(2), Sprig(3, (4,))]
    places = {place.node: place for place in spread(1, branches, {})}
    assert {node: place.ring for node, place in places.items()} == {1: 0, 2: 1, 3: 1, 4: 2}
    assert places[3].side == places[4].side and abs(places[3].x) < abs(places[4].x)


def test_one_neighbour_stands_level_with_the_centre():
    assert [(place.x > 0, place.y) for place in spread(1, [Sprig(2)], {})[1:]] == [(True, 0.0)]


@given(EDGES)
def test_the_map_is_the_same_at_every_visit_and_nobody_stands_on_another(edges):
    branches = sprigs(1, edges)
    assert branches == sprigs(1, list(reversed(edges)))
    for draw in (spread, upright):
        places = draw(1, branches, {})
        assert len({(place.x, place.y) for place in places}) == len(places)


@given(EDGES)
def test_a_crowded_neighbourhood_is_cut_where_it_can_still_be_read(edges):
    assert sum(1 + len(sprig.beyond) for sprig in sprigs(1, edges, widest=5)) <= 5


@given(EDGES, st.integers(1, 4))
def test_on_a_wide_screen_every_title_has_a_place_of_its_own(edges, lines):
    places = spread(1, sprigs(1, edges), dict.fromkeys(EVERYONE, lines))
    for ring in (1, 2):
        assert apart([place for place in places if place.ring == ring], lines)


@given(EDGES, st.integers(1, 3))
def test_on_a_narrow_screen_every_title_has_a_place_of_its_own(edges, lines):
    branches = sprigs(1, edges)
    places = upright(1, branches, dict.fromkeys(EVERYONE, lines))
    assert {place.node for place in places} == {1, *(n for sprig in branches for n in (sprig.node, *sprig.beyond))}
    first = [place for place in places if place.ring == 1]
    assert all(abs(place.x) <= UPRIGHT for place in first)
    assert apart(first, lines)
    for bead in (place for place in places if place.ring == 2):
        assert not any(abs(bead.y - title.y) < lines * LINE / 2 for title in first if title.side == bead.side)
