"""SECURITY row 3: what the journal knows is told to whom may see it now, and no event opens the thing it is about."""

import pytest

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish
from palabre.items.models import State
from palabre.journal.models import Event
from palabre.tags.models import Tag
from palabre.talk.models import Comment

SURFACES = (
    "/", "/?show=all", "/inbox/", "/words/", "/following/", "/tags/", "/people/{author}/", "/spaces/maison/",
    "/feeds/new.atom", "/feeds/new.json", "/feeds/spaces/maison.atom", "/feeds/people/{author}.atom",
)  # fmt: skip


@pytest.fixture
def happened(world):
    """A draft, something thrown away and something of a closed circle, each with a word nobody else wrote."""
    house, circle, author = world.spaces["maison"], world.spaces["direction"], world.nadia
    publish("page", house, author, "Brouillon ocarina", "…", state=State.DRAFT, tags=["ocarina"])
    thrown = publish("page", house, author, "Jetée ocarina", "…", tags=["ocarina"])
    Comment.say(thrown, author, "Un mot ocarina.")
    lifecycle.trash(thrown, author)
    secret = publish("page", circle, author, "Cercle ocarina", "…", tags=["ocarina"])
    Comment.say(secret, author, f"Un mot ocarina pour @{world.awa.handle}.")
    Tag.objects.get(key="ocarina").rename("ocarina basse", world.marc)
    return author


@pytest.mark.parametrize("who", ["awa", "tidiane", "ines", None])
def test_no_log_tells_of_what_its_reader_does_not_see(world, happened, hear, sign_in, who):
    hear()
    assert Event.objects.filter(verb="tag_renamed", item=None).exists(), "an event without a space is among them"
    assert "ocarina" in sign_in(world.nadia).get("/").text, "who sees it is told"
    client = sign_in(who and getattr(world, who))
    for surface in SURFACES:
        assert "ocarina" not in client.get(surface.format(author=happened.pk), follow=True).text, surface


def test_the_journal_of_rights_is_its_stewards_and_names_no_other_space(world, happened, sign_in):
    assert sign_in(world.awa).get("/spaces/direction/rights/").status_code == 404
    assert sign_in(world.awa).get("/spaces/reseau/rights/").status_code == 403
    said = sign_in(world.marc).get("/spaces/reseau/rights/").text
    assert "ocarina" not in said and world.spaces["direction"].name not in said.partition("<h2")[2]
