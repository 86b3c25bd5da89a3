"""Who can see this, and why: the reasons together are exactly the readers."""

import pytest

from palabre.spaces.readership import readers
from palabre.spaces.reasons import reasons

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", ["reseau", "maison", "produit", "installateurs", "entraide", "direction"])
def test_the_reasons_name_every_reader_and_nobody_else(world, slug):
    space = world.spaces[slug]
    space.welcome(world.diego, "reader", world.marc)
    named = {person for reason in reasons(space, world.tom) for person in reason.people.known}
    assert named == set(readers(space))
    assert not any(reason.people.others for reason in reasons(space, world.tom))


def test_a_guest_is_told_numbers_where_they_know_no_names(world):
    [house, partner, *_roles] = reasons(world.spaces["installateurs"], world.tidiane)
    assert world.nadia not in house.people.known and house.people.others > 0
    assert set(partner.people.known) == {world.tidiane, world.koffi}
    for reason in reasons(world.spaces["entraide"], world.ines):
        assert world.nadia not in reason.people.known


def test_a_public_space_says_everyone(world):
    assert reasons(world.spaces["le-fil"], world.awa)[0].people is None
