"""Who can see this, and why: the reasons together are exactly the readers."""

import pytest

from palabre.people.models import Person
from palabre.spaces.readership import readers
from palabre.spaces.reasons import reasons

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everybody_is_named(monkeypatch):
    """However many they are: the comparison is between whole sets."""
    monkeypatch.setattr("palabre.spaces.reasons.NAMED", 1000)


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
    assert {world.tidiane, world.koffi} <= set(partner.people.known) and not partner.people.others
    for reason in reasons(world.spaces["entraide"], world.ines):
        assert world.nadia not in reason.people.known


def test_a_public_space_says_everyone(world):
    assert reasons(world.spaces["le-fil"], world.awa)[0].people is None


def test_beyond_a_dozen_names_the_rest_is_a_number(world, monkeypatch):
    monkeypatch.setattr("palabre.spaces.reasons.NAMED", 2)
    house = reasons(world.spaces["maison"], world.tom)[0].people
    assert len(house.known) == 2
    assert house.others == readers(world.spaces["maison"]).filter(side="company").count() - 2


def test_a_steward_is_named_and_a_guest_pointed_out_however_many_read(world, monkeypatch):
    monkeypatch.setattr("palabre.spaces.reasons.NAMED", 2)
    space = world.spaces["reseau"]
    for number in range(25):
        space.welcome(Person.objects.create_person(f"Aa {number}", email=f"a{number}@x.example"), "reader", world.marc)
    guest = Person.objects.create_person("Zoé", email="zoe@x.example", side="customer")
    space.welcome(guest, "reader", world.marc)
    [stewards, _contributors, readers_] = reasons(space, world.tom)
    assert len(stewards.people.known) == 2 and not stewards.outside
    assert guest not in readers_.people.known and readers_.outside
