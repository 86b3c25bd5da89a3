"""SECURITY row 23: an invitation is bound to its address, side, organisation, space, role and date."""

import pytest
from django.core.exceptions import PermissionDenied

from palabre.people.models import Person, Side
from palabre.spaces.models import Membership, Placement
from tests.people.invited import enter, invite

pytestmark = pytest.mark.django_db


def test_somebody_signed_in_under_another_address_is_refused(world, sign_in):
    invitation, path = invite(world.marc)
    Placement.objects.create(invitation=invitation, space=world.spaces["reseau"], role="reader")
    for other in (world.diego, world.ines, world.awa):
        client = sign_in(other)
        assert client.get(path).status_code == 200
        assert client.post(path).status_code == 403
    assert not Membership.objects.filter(space=world.spaces["reseau"], person=world.diego).exists()
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_another_address_in_the_form_changes_nothing(world, sign_in):
    _invitation, path = invite()
    enter(sign_in(None), path, address="thief@exemple.example")
    assert Person.objects.filter(email="fatou@exemple.example").exists()
    assert not Person.objects.filter(email="thief@exemple.example").exists()


def test_an_invitation_into_one_space_opens_no_other(world, sign_in):
    invitation, path = invite(world.marc, side=Side.PARTNER, organisation=world.organisations["sahel"])
    Placement.objects.create(invitation=invitation, space=world.spaces["reseau"], role="reader")
    client = sign_in(None)
    enter(client, path)
    assert client.get("/spaces/reseau/").status_code == 200
    for slug in ("installateurs", "maison", "entraide", "direction"):
        assert client.get(f"/spaces/{slug}/").status_code == 404


def test_a_used_link_does_not_serve_a_second_browser(world, sign_in):
    _invitation, path = invite()
    enter(sign_in(None), path)
    second = sign_in(None)
    assert (
        second.post(path, {"name": "B", "address": "b@exemple.example", "password": "another long one"}).status_code
        == 404
    )
    assert not second.get("/").wsgi_request.user.is_authenticated


def test_a_guessed_or_mangled_key_opens_nothing(world, sign_in):
    _invitation, path = invite()
    other = "B" if path[-2] == "A" else "A"
    for wrong in (path[:-2] + "/", path[:-2] + f"{other}/", "/invitation/x/", "/invitation/" + "a" * 400 + "/"):
        assert sign_in(None).get(wrong).status_code == 404


def test_the_rule_stands_on_the_invitation_itself_not_on_its_page(world):
    invitation, _path = invite(world.tom)
    with pytest.raises(PermissionDenied):
        invitation.accept(person=world.diego)
    with pytest.raises(PermissionDenied):
        invite(world.tom, world.diego.email)[0].accept(name="Somebody", password="another long one")
    invitation.accept(name="Fatou", password="another long one")
    with pytest.raises(PermissionDenied):
        invitation.accept(name="Fatou again", password="another long one")
