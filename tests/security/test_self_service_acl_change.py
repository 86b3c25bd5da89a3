"""SECURITY row 21: nobody widens their own access; managing it is a right of its own."""

import pytest

from palabre.spaces.models import Membership, Request

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


def test_joining_makes_a_reader_whatever_is_sent(world, sign_in):
    assert sign_in(world.awa).post("/spaces/produit/joining/", {"role": "steward"}).status_code == 302
    assert Membership.objects.get(person=world.awa, space=world.spaces["produit"]).role == "reader"
    assert sign_in(world.awa).post("/spaces/produit/joining/").status_code == 403


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
