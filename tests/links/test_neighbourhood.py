"""The map of an item's neighbourhood."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from palabre.links.neighbourhood import LINE, UPRIGHT, layout, upright

EDGES = st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), max_size=80)


def test_neighbours_stand_on_the_first_ring_and_theirs_on_the_second():
    places = {place.node: place for place in layout(1, [(1, 2), (3, 1), (3, 4), (5, 6)])}
    assert {node: place.ring for node, place in places.items()} == {1: 0, 2: 1, 3: 1, 4: 2}


@given(EDGES)
def test_the_map_is_the_same_at_every_visit_and_nobody_stands_on_another(edges):
    places = layout(1, edges)
    assert places == layout(1, list(reversed(edges)))
    assert len({(place.x, place.y) for place in places}) == len(places)


@given(EDGES)
def test_a_crowded_neighbourhood_is_cut_where_it_can_still_be_read(edges):
    assert len(layout(1, edges, widest=5)) <= 6


@given(EDGES, st.integers(1, 3))
def test_on_a_narrow_screen_every_title_has_a_place_of_its_own(edges, lines):
    flat = layout(1, edges)
    places = upright(flat, dict.fromkeys(range(1, 31), lines))
    assert [place.node for place in places] == [place.node for place in flat]
    first = [place for place in places if place.ring == 1]
    assert all(abs(place.x) <= UPRIGHT for place in first)
    assert len({(place.x, place.y) for place in places if place.ring}) == len(places) - 1
    for side in (True, False):
        titles = sorted(place.y for place in first if (place.x < 0) is side)
        assert all(after - before >= lines * LINE for before, after in pairwise(titles))
        assert all(
            not any(abs(bead.y - y) < lines * LINE / 2 for y in titles)
            for bead in places
            if bead.ring == 2 and (bead.x < 0) is side
        )
