"""SECURITY row 28: no query costs much, however it is made; row 27: nor does a page number."""

import time

import pytest

from palabre.authoring.writing import publish
from tests.search.conftest import index  # noqa: F401

HEAVY = [
    "a* " * 400,
    "(" * 900 + "a",
    " OR ".join(f"mot{n}*" for n in range(200)),
    " ".join(f'"b{n} c{n}"' for n in range(120)),
    " ".join(f"author:{n} tag:{n} links-to:{n} space:{n}" for n in range(60)),
    "会" * 1_000,
    "".join(chr(0x4E00 + n) for n in range(1_000)),
    ".".join(f"a{n}" for n in range(200)),
    "a" * 100_000,
]


@pytest.mark.parametrize("query", HEAVY, ids=range(len(HEAVY)))
def test_a_heavy_query_is_cut_down(world, index, sign_in, query, django_assert_max_num_queries):  # noqa: F811
    publish("page", world.spaces["maison"], world.coumba, "Mot", "mot " * 2_000)
    index()
    client = sign_in(world.awa)
    begun = time.process_time()
    with django_assert_max_num_queries(20):
        assert client.get("/search/", {"q": query, "page": "9" * 50, "tag": ["1"] * 500}).status_code == 200
    assert time.process_time() - begun < 2
