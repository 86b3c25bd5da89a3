"""SECURITY row 1: no surface of search tells of what its reader may not read."""

from urllib.parse import unquote

import pytest

from palabre.authoring.writing import publish
from tests.search.conftest import index  # noqa: F401

SURFACES = (
    "/search/?q=nénuphar",
    "/search/?q=nénuphar&sort=newest",
    "/search/?q=tag:nymphéa",
    "/search/?q=author:coumba",
    "/search/?q=-zzz",
    "/search/?q=nénuphra",
    "/search/?q=nénu*",
    "/search/?q=space:reseau",
    "/search/?q=a&space=reseau&kind=page",
    "/search/suggest/?q=nénup",
    "/search/suggest/?q=%23nymph",
)


@pytest.fixture
def hidden(world, index):  # noqa: F811
    item = publish("page", world.spaces["reseau"], world.coumba, "Nénuphar", "Quincaillerie #nymphéa.")
    index()
    return item


@pytest.mark.parametrize("path", SURFACES)
@pytest.mark.parametrize("who", ["grace", "tidiane", "diego", "ines", "bineta", None])
def test_who_may_not_read_it_cannot_tell_it_is_there(world, sign_in, hidden, path, who):
    page = sign_in(getattr(world, who) if who else None).get(path).content.decode()
    words = unquote(path.partition("q=")[2].partition("&")[0])  # what was asked stands on the page, and only that
    for word in ("Nénuphar", "Quincaillerie", "nymphéa", f"/pages/{hidden.pk}-"):
        assert word not in page.replace(words, "")


def test_who_may_read_it_finds_it(world, sign_in, hidden):
    assert "Quincaillerie" in sign_in(world.awa).get("/search/?q=nénuphar").content.decode()
