"""What the live process offers of signals goes through the doors of the pages, for each of the cast."""

import pytest

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish
from palabre.journal.models import Event
from palabre.signals.streams import Hub, Stream
from tests.architecture import rights

SPACES = {"reseau": "coumba", "installateurs": "marc", "le-fil": "marc"}


@pytest.fixture
def items(world):
    return {
        slug: publish("page", world.spaces[slug], getattr(world, author), f"Dans {slug}", "Texte.")
        for slug, author in SPACES.items()
    }


def test_no_page_of_what_one_may_not_read_is_streamed(world, items, ask):
    for slug, item in items.items():
        for key in set(rights.EVERYBODY) - set(rights.READERS[slug]) | {None}:
            answer = ask(getattr(world, key) if key else None, "GET", f"/news/?item={item.pk}")
            assert answer.status_code in ((401,) if key in rights.STRANGERS else (404,)), (slug, key)


def test_only_who_may_comment_says_that_they_are_writing(world, items, ask):
    for slug, item in items.items():
        for key in rights.EVERYBODY:
            answer = ask(getattr(world, key) if key else None, "POST", f"/news/{item.pk}/writing/")
            assert answer.status_code == (204 if key in rights.commenters(slug) else 404), (slug, key)


def test_nobody_is_writing_where_nothing_can_be_said(world, items, ask):
    lifecycle.archive(items["le-fil"], world.marc)
    assert ask(world.marc, "POST", f"/news/{items['le-fil'].pk}/writing/").status_code == 404


def test_a_page_whose_item_was_moved_stands_in_its_new_space():
    hub, here, elsewhere = Hub(), Stream(1, "fr", item=12, space=3), Stream(1, "fr", item=13, space=3)
    hub.streams |= {here, elsewhere}
    hub.follow_moves([Event(verb="moved", item=12, space=4), Event(verb="audience_changed", space=5)])
    assert (here.space, elsewhere.space) == (4, 3)
