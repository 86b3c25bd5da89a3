"""Who sees which space: by its audience, by membership, and never otherwise."""

import pytest
from django.contrib.auth.models import AnonymousUser

from palabre.people.models import OPERATOR, Person
from palabre.spaces import sight
from palabre.spaces.models import Membership, Space

HOUSE = {"maison", "produit", "installateurs", "entraide", "le-fil"}
SEEN = {
    "tom": HOUSE,
    "awa": HOUSE | {"reseau"},
    "grace": HOUSE | {"service-client"},
    "nadia": HOUSE | {"direction"},
    "tidiane": {"installateurs", "le-fil"},
    "diego": {"le-fil"},
    "ramata": {"entraide", "le-fil"},
    "ines": {"entraide", "le-fil"},
    "bineta": {"le-fil"},
}


@pytest.mark.parametrize("key", SEEN)
def test_each_of_the_cast_sees_the_spaces_that_include_them(world, key):
    assert {space.slug for space in Space.objects.visible_to(getattr(world, key))} == SEEN[key]


def test_a_stranger_sees_public_spaces_only(world):
    assert {space.slug for space in Space.objects.visible_to(AnonymousUser())} == {"le-fil"}


def test_the_operator_sees_all(world):
    assert Space.objects.visible_to(OPERATOR).count() == 8


def test_a_guest_can_be_a_member_of_a_team(world):
    Membership.objects.create(space=world.spaces["reseau"], person=world.diego, role="reader")
    assert {space.slug for space in Space.objects.visible_to(world.diego)} == {"reseau", "le-fil"}


def test_a_person_held_longer_than_a_request_is_asked_afresh(world):
    assert world.spaces["direction"].pk not in sight.of(world.awa).spaces
    Membership.objects.create(space=world.spaces["direction"], person=world.awa, role="reader")
    assert world.spaces["direction"].pk in sight.of(world.awa).spaces


def test_sight_is_one_query_and_knows_the_roles(world, django_assert_num_queries):
    sight._rights.clear()  # else what another test left is looked through first
    with django_assert_num_queries(1):
        seen = sight.of(world.marc)
        assert seen.roles[world.spaces["reseau"].pk] == "steward"
        assert {seen.spaces[pk].slug for pk in seen.mine} == {
            "reseau", "direction", "maison", "installateurs", "entraide", "le-fil",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("viewer", "met"),
    [
        ("awa", {"nadia", "diego", "ramata", "moussa"}),
        ("tidiane", {"koffi", "coumba", "awa", "tidiane"}),
        ("ramata", {"marc", "ines", "awa"}),
        ("diego", {"diego"}),
    ],
)
def test_people_meet_those_they_share_a_space_with(world, viewer, met):
    assert met <= {person.handle for person in Person.objects.visible_to(getattr(world, viewer))}


@pytest.mark.parametrize(
    ("viewer", "unmet"),
    [
        ("tidiane", {"diego", "ramata", "nadia", "lea"}),
        ("ramata", {"tidiane", "nadia"}),
        ("diego", {"awa", "marc"}),
    ],
)
def test_guests_do_not_meet_the_others(world, viewer, unmet):
    assert not unmet & {person.handle for person in Person.objects.visible_to(getattr(world, viewer))}


def test_who_has_left_and_strangers_meet_nobody(world):
    assert not Person.objects.visible_to(world.bineta)
    assert not Person.objects.visible_to(AnonymousUser())
