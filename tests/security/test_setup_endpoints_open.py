"""SECURITY row 29: the first administrator's link exists only while there is no administrator."""

import pytest

from palabre.people.invitations import first_administrator_link
from palabre.people.models import Person
from tests.people.invited import enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def without_administrator(world):
    Person.objects.filter(is_admin=True).update(is_admin=False)
    return world


def test_with_an_administrator_there_is_no_link(world):
    assert first_administrator_link() is None


def test_the_link_makes_an_administrator_of_the_house(without_administrator, sign_in):
    path = "/invitation/" + first_administrator_link().rpartition("/invitation/")[2]
    client = sign_in(None)
    assert client.get(path).status_code == 200
    assert enter(client, path, address="tima@exemple.example").status_code == 302
    person = Person.objects.get(email="tima@exemple.example")
    assert person.is_admin and person.is_inside


def test_a_link_still_open_dies_with_the_first_administrator(without_administrator, sign_in):
    path = "/invitation/" + first_administrator_link().rpartition("/invitation/")[2]
    without_administrator.nadia.name_administrator(None)
    assert sign_in(None).get(path).status_code == 404
    assert enter(sign_in(None), path, address="thief@exemple.example").status_code == 404
    assert not Person.objects.filter(email="thief@exemple.example").exists()


def test_a_newer_link_ends_the_older(without_administrator, sign_in):
    older = first_administrator_link()
    first_administrator_link()
    assert sign_in(None).get("/invitation/" + older.rpartition("/invitation/")[2]).status_code == 404
