"""What one may read of items: what is published where one sees, and one's own before that."""

import pytest
from django.contrib.auth.models import AnonymousUser

from palabre.items.models import Item, State
from palabre.people.models import OPERATOR


@pytest.fixture
def said(world):
    def say(space: str, author: str = "coumba", state: str = State.PUBLISHED) -> Item:
        return Item.objects.create(
            kind="page",
            space=world.spaces[space],
            author=getattr(world, author),
            title=f"Dans {space}",
            state=state,
        )

    return say


def test_items_are_seen_by_those_who_see_their_space(world, said):
    item = said("installateurs")
    assert item in Item.objects.visible_to(world.tidiane)
    assert item not in Item.objects.visible_to(world.diego)
    assert item not in Item.objects.visible_to(AnonymousUser())


@pytest.mark.parametrize("state", [State.DRAFT, State.SCHEDULED, State.TRASHED])
def test_what_is_not_published_is_in_no_list(world, said, state):
    item = said("reseau", state=state)
    for person in (world.coumba, world.awa, world.marc):
        assert item not in Item.objects.visible_to(person)


def test_only_the_author_sees_a_draft_even_among_stewards(world, said):
    draft = said("reseau", state=State.DRAFT)
    assert draft in Item.objects.visible_to(world.coumba, unpublished=True)
    assert draft not in Item.objects.visible_to(world.marc, unpublished=True)


def test_the_trash_is_seen_by_author_and_stewards(world, said):
    trashed = said("reseau", state=State.TRASHED)
    assert trashed in Item.objects.visible_to(world.coumba, unpublished=True)
    assert trashed in Item.objects.visible_to(world.marc, unpublished=True)
    assert trashed not in Item.objects.visible_to(world.awa, unpublished=True)


def test_an_author_who_lost_sight_of_the_space_loses_their_own_items(world, said):
    item = said("direction", author="awa")
    assert item not in Item.objects.visible_to(world.awa, unpublished=True)


def test_the_operator_sees_all(world, said):
    assert said("direction") in Item.objects.visible_to(OPERATOR)
