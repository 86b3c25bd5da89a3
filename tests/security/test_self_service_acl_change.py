"""SECURITY row 21: nobody widens their own access; managing it is a right of its own."""

import pytest

from palabre.people.models import Person
from palabre.spaces import difference, sight
from palabre.spaces.models import Membership, Request, Space

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "slug"),
    [
        ("awa", "reseau"),
        ("coumba", "reseau"),
        ("coumba", "maison"),
        ("tidiane", "installateurs"),
        ("ramata", "entraide"),
    ],
)
def test_a_reader_or_contributor_does_not_raise_themselves(world, sign_in, who, slug):
    person, client = getattr(world, who), sign_in(getattr(world, who))
    before = list(Membership.objects.filter(person=person).values_list("space", "role"))
    assert client.post(f"/spaces/{slug}/members/{person.pk}/", {"role": "steward"}).status_code == 403
    assert client.post(f"/spaces/{slug}/members/", {"person": person.handle, "role": "steward"}).status_code == 403
    assert client.post(f"/spaces/{slug}/audience/", {"audience": "public", "sure": "1"}).status_code == 403
    assert client.post(f"/spaces/{slug}/settings/", {"writing": "readers"}).status_code == 403
    assert list(Membership.objects.filter(person=person).values_list("space", "role")) == before


def test_having_a_space_among_ones_own_makes_no_member_whatever_is_sent(world, sign_in):
    client, space = sign_in(world.awa), world.spaces["produit"]
    assert client.post("/spaces/produit/joining/", {"role": "steward"}).status_code == 302
    assert not Membership.objects.filter(person=world.awa, space=space).exists()
    assert space.pk in sight.of(world.awa).mine
    assert client.post("/spaces/produit/joining/").status_code == 403
    assert client.post("/spaces/produit/leaving/").status_code == 302
    assert space.pk not in sight.of(world.awa).mine
    assert client.post("/spaces/produit/leaving/").status_code == 404


def test_a_guest_who_keeps_a_public_space_meets_nobody_by_it_and_loses_it_with_the_others(world, sign_in, monkeypatch):
    space, met = world.spaces["le-fil"], set(Person.objects.visible_to(world.ramata))
    assert sign_in(world.ramata).post("/spaces/le-fil/joining/").status_code == 302
    assert set(Person.objects.visible_to(world.ramata)) == met
    monkeypatch.setattr(difference, "NAMED", 1000)
    assert world.ramata in difference.opening(space, "team", [], world.tom).loses.known
    space.open_to("team", [], world.marc)
    assert not Space.objects.visible_to(world.ramata).filter(pk=space.pk).exists()
    assert sign_in(world.ramata).get("/spaces/le-fil/").status_code == 404
    assert space.pk not in sight.of(world.ramata).mine


def test_asking_grants_nothing(world, sign_in):
    client = sign_in(world.awa)
    assert (
        client.post("/spaces/produit/access/", {"role": "contributor", "words": "Please.", "granted": "on"}).status_code
        == 302
    )
    asked = Request.objects.get(person=world.awa)
    assert asked.granted is None
    assert client.post(f"/spaces/produit/requests/{asked.pk}/", {"grant": "1", "role": "steward"}).status_code == 403
    assert client.post("/spaces/produit/access/", {"role": "steward", "words": ""}).status_code == 422
    assert not Membership.objects.filter(person=world.awa, space=world.spaces["produit"]).exists()


def test_a_request_is_answered_in_its_own_space(world, sign_in):
    """Two keys in one address: the steward of one space cannot answer what was asked of another."""
    sign_in(world.awa).post("/spaces/produit/access/", {"role": "contributor", "words": ""})
    asked = Request.objects.get(person=world.awa)
    assert sign_in(world.marc).post(f"/spaces/reseau/requests/{asked.pk}/", {"grant": "1"}).status_code == 404
    assert (
        sign_in(world.lea)
        .post(f"/spaces/produit/requests/{asked.pk}/", {"grant": "1", "answer": "Welcome."})
        .status_code
        == 302
    )
    assert Membership.objects.get(person=world.awa, space=world.spaces["produit"]).role == "contributor"
