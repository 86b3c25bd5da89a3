"""Readers are exactly those to whom the space is visible."""

import pytest

from palabre.people.models import Person
from palabre.spaces.models import Audience, Membership, Space
from palabre.spaces.readership import counted, readers

pytestmark = pytest.mark.django_db


@pytest.fixture
def crossed(world):
    """Members from every side in spaces of every audience, so that audience and membership overlap."""
    for space in world.spaces.values():
        for person in (world.diego, world.ramata, world.koffi, world.grace, world.bineta, world.moussa):
            Membership.objects.get_or_create(space=space, person=person, defaults={"role": "reader"})
    return list(world.spaces.values())


def test_readers_are_those_who_see_the_space(world, crossed):
    people = list(Person.objects.with_account())
    for space in crossed:
        seeing = {person for person in people if space in Space.objects.visible_to(person)}
        assert set(readers(space)) == seeing, space.slug


def test_counts_agree_with_readers(world, crossed, django_assert_num_queries):
    with django_assert_num_queries(3):
        counts = counted(crossed)
    for space in crossed:
        inside = sum(person.is_inside for person in readers(space))
        assert (counts[space.pk].inside, counts[space.pk].outside) == (inside, readers(space).count() - inside)
        assert counts[space.pk].everyone == (space.audience == Audience.PUBLIC)
