"""SECURITY row 22: administering the house, or stewarding a space, opens no other one."""

import pytest

from palabre.items.models import Item
from palabre.spaces.models import Space

pytestmark = pytest.mark.django_db


def test_an_administrator_reads_what_a_colleague_reads(world, sign_in):
    seen = set(Space.objects.visible_to(world.tom).values_list("slug", flat=True))
    assert seen == {"maison", "produit", "installateurs", "entraide", "le-fil"}
    client = sign_in(world.tom)
    for slug in ("direction", "reseau", "service-client"):
        for page in ("", "members/", "settings/", "audience/", "rights/", "requests/"):
            assert client.get(f"/spaces/{slug}/{page}").status_code == 404
        assert client.post(f"/spaces/{slug}/members/", {"person": "tom", "role": "steward"}).status_code == 404
    assert not Item.objects.visible_to(world.tom).filter(space__slug="direction").exists()


def test_an_administrator_shapes_no_space_they_only_read(world, sign_in):
    client = sign_in(world.tom)
    assert client.post("/spaces/produit/audience/", {"audience": "public", "sure": "1"}).status_code == 403
    assert client.post("/spaces/produit/archiving/").status_code == 403


def test_a_steward_of_one_space_is_nobody_in_the_next(world, sign_in):
    client = sign_in(world.idrissa)
    assert client.get("/spaces/service-client/").status_code == 404
    assert client.post("/spaces/produit/members/", {"person": "idrissa", "role": "steward"}).status_code == 403


def test_opening_a_space_wider_is_said_and_confirmed_before_it_is_done(world, sign_in):
    client, space = sign_in(world.marc), world.spaces["reseau"]
    page = client.post("/spaces/reseau/audience/", {"audience": "public"})
    space.refresh_from_db()
    assert page.status_code == 200 and space.audience == "team"
    assert world.grace.name in page.text
    client.post("/spaces/reseau/audience/", {"audience": "public", "sure": "1"})
    space.refresh_from_db()
    assert space.audience == "public"
