"""PageRank, and the audiences between which a link may count."""

import numpy as np
import pytest
import rustworkx
from hypothesis import given
from hypothesis import strategies as st

from palabre.links.authority import pagerank
from palabre.links.circles import Belonging, Circle, containment


def _ranked(count, edges):
    pairs = np.array(edges, dtype=np.int64).reshape(-1, 2)
    return pagerank(count, pairs[:, 0], pairs[:, 1])


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=40))
    )
)
def test_scores_agree_with_an_independent_implementation(graph):
    count, edges = graph
    reference = rustworkx.PyDiGraph(multigraph=False)
    reference.add_nodes_from(range(count))
    reference.add_edges_from([(a, b, 1) for a, b in set(edges) if a != b])
    expected = rustworkx.pagerank(reference, alpha=0.85, tol=1e-12, max_iter=1000)
    assert _ranked(count, edges) == pytest.approx([expected[n] * count for n in range(count)], abs=1e-5)


def test_repeating_a_link_or_linking_to_oneself_gains_nothing():
    assert _ranked(3, [(0, 1), (0, 1), (1, 1)]) == pytest.approx(_ranked(3, [(0, 1)]))


def test_the_cited_stands_above_one_and_the_uncited_below():
    scores = _ranked(4, [(0, 3), (1, 3), (2, 3)])
    assert scores[3] > 1 > scores[0]
    assert scores.sum() == pytest.approx(4)


AWA, TIDIANE, RAMATA, INES = 1, 2, 3, 4
FIBREPLUS = 7
BELONGINGS = {
    AWA: Belonging("company"),
    TIDIANE: Belonging("partner", FIBREPLUS),
    RAMATA: Belonging("customer", 9),
    INES: Belonging("customer"),
}
SPACES = {
    "team": Circle(members=frozenset({AWA})),
    "guested": Circle(members=frozenset({AWA, TIDIANE})),
    "company": Circle(house=True),
    "partners": Circle(house=True, organisations=frozenset({FIBREPLUS})),
    "customers": Circle(house=True, customers=True),
    "public": Circle(public=True),
}


@pytest.mark.parametrize(
    ("source", "counts_towards"),
    [
        ("team", {"team"}),
        ("guested", {"team", "guested"}),
        ("company", {"team", "company"}),
        ("partners", {"team", "guested", "company", "partners"}),
        ("customers", {"team", "company", "customers"}),
        ("public", {"team", "guested", "company", "partners", "customers", "public"}),
    ],
)
def test_a_link_counts_only_where_every_reader_of_its_target_may_read_its_source(source, counts_towards):
    numbers = {name: index for index, name in enumerate(SPACES)}
    pairs = containment({numbers[name]: circle for name, circle in SPACES.items()}, BELONGINGS)
    assert {name for name in SPACES if (numbers[source], numbers[name]) in pairs} == counts_towards
