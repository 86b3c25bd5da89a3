"""SECURITY row 20: forms write what they name, and nobody grants what they lack."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from palabre.people.models import Invitation, Person, Side
from palabre.spaces.models import Membership, Placement, Space
from tests.people.invited import enter, invite

pytestmark = pytest.mark.django_db
MORE = {
    "is_admin": "on",
    "as_administrator": "on",
    "side": "company",
    "organisation": "1",
    "role": "steward",
    "groups": "1",
    "email": "x@y.example",
    "is_active": "on",
}


def test_a_profile_form_changes_no_right(world, sign_in):
    before = Person.objects.filter(pk=world.diego.pk).values("is_admin", "side", "organisation", "email").get()
    told = MORE | {"name": "Diego", "about": "", "languages": ""}
    assert sign_in(world.diego).post(f"/people/{world.diego.pk}/edit/", told).status_code == 302
    assert (
        sign_in(world.diego).post("/account/", MORE | {"language": "fr", "time_zone": "Africa/Dakar"}).status_code
        == 302
    )
    assert Person.objects.filter(pk=world.diego.pk).values("is_admin", "side", "organisation", "email").get() == before


def test_entering_brings_what_the_invitation_names_and_no_more(world, sign_in):
    _invitation, path = invite(side=Side.CUSTOMER)
    enter(sign_in(None), path, **MORE, address="thief@exemple.example")
    person = Person.objects.get(email="fatou@exemple.example")
    assert (person.side, person.organisation, person.is_admin) == ("customer", None, False)
    assert not Membership.objects.filter(person=person).exists()


@pytest.mark.parametrize("who", ["marc", "awa", "tidiane", "ramata"])
def test_only_administrators_open_the_house(world, sign_in, who):
    told = {"address": "fatou@exemple.example", "side": "company", "days": "3", "as_administrator": "on"}
    assert sign_in(getattr(world, who)).post("/invitations/new/", told).status_code == 403
    assert not Invitation.objects.exists()


def test_a_steward_invites_guests_and_no_colleague(world, sign_in):
    told = {"address": "fatou@exemple.example", "name": "", "side": "company", "role": "steward", "days": "3"}
    assert sign_in(world.marc).post("/spaces/reseau/invitations/new/", told).status_code == 422
    assert (
        sign_in(world.marc)
        .post("/spaces/reseau/invitations/new/", told | MORE | {"side": "customer", "organisation": ""})
        .status_code
        == 200
    )
    assert not Invitation.objects.get().as_administrator


def test_a_guest_steward_invites_into_their_own_organisation_only(world, sign_in):
    world.spaces["installateurs"].welcome(world.tidiane, "steward", world.marc)
    client = sign_in(world.tidiane)
    told = {"address": "fatou@exemple.example", "name": "", "role": "reader", "days": "3"}
    address = "/spaces/installateurs/invitations/new/"
    for side, organisation in (("company", "teranga"), ("partner", "sahel"), ("customer", "baobab")):
        key = world.organisations[organisation].pk
        assert client.post(address, told | {"side": side, "organisation": key}).status_code == 422
    mine = world.organisations["fibreplus"].pk
    assert client.post(address, told | {"side": "partner", "organisation": mine}).status_code == 200


def test_a_steward_opens_no_space_of_others_by_inviting_into_their_own(world, sign_in):
    fibreplus = world.organisations["fibreplus"]
    own = Space.objects.found(world.awa, name="Cercle étroit", purpose="À nous.")
    client, address = sign_in(world.awa), f"{own.get_absolute_url()}invitations/new/"
    told = {"address": "zed@ailleurs.example", "name": "", "role": "reader", "days": "3"}
    for side, organisation in (("partner", fibreplus.pk), ("customer", "")):
        refused = client.post(address, told | {"side": side, "organisation": organisation})
        assert refused.status_code == 422 and "aucun mot à dire" in refused.text
    assert not Invitation.objects.exists()
    # Of somebody who is here already, an invitation changes no standing; where the steward looks after both, it may.
    known = told | {"address": world.diego.email, "side": "customer", "organisation": ""}
    assert client.post(address, known).status_code == 200
    for name in ("installateurs",):
        world.spaces[name].welcome(world.awa, "steward", world.marc)
    assert client.post(address, told | {"side": "partner", "organisation": fibreplus.pk}).status_code == 200
    # And what was given then is not given any more when the say is gone.
    link = Invitation.objects.get(address="zed@ailleurs.example")
    assert link.is_still_given
    world.spaces["installateurs"].place(world.awa, "reader", world.marc)
    assert not Invitation.objects.get(pk=link.pk).is_still_given


def test_a_guest_steward_does_not_open_the_space_to_others(world, sign_in):
    world.spaces["installateurs"].welcome(world.tidiane, "steward", world.marc)
    told = {"audience": "public", "sure": "1"}
    assert sign_in(world.tidiane).post("/spaces/installateurs/audience/", told).status_code == 403


def test_an_invitation_grants_nothing_its_sender_has_lost(world, sign_in):
    client = sign_in(world.marc)
    told = {"address": "fatou@exemple.example", "name": "", "side": "customer", "role": "steward", "days": "3"}
    page = client.post("/spaces/reseau/invitations/new/", told).text
    path = "/invitation/" + page.partition("/invitation/")[2].partition('"')[0]
    world.spaces["reseau"].place(world.marc, "reader", world.idrissa)
    assert sign_in(None).get(path).status_code == 404
    enter(sign_in(None), path)
    assert not Person.objects.filter(email="fatou@exemple.example").exists()


def test_an_invitation_opens_no_more_than_its_sender_could_open_today(world):
    dismissed, _path = invite(world.tom, "un@exemple.example", side=Side.COMPANY)
    moved, _path = invite(world.marc, "deux@exemple.example", side=Side.CUSTOMER)
    Placement.promise(moved, world.spaces["entraide"], "reader", world.marc)
    assert dismissed.is_still_given and moved.is_still_given
    world.tom.dismiss_administrator(world.nadia)
    world.marc.stand(Side.PARTNER, world.organisations["sahel"], world.nadia)
    for invitation in (dismissed, moved):
        with pytest.raises(PermissionDenied):
            Invitation.objects.get(pk=invitation.pk).accept(name="Fatou", password="another long one")


def test_an_administrator_is_never_made_of_a_guest(world, sign_in):
    invitation, path = invite(world.tom, world.diego.email, side=Side.COMPANY, as_administrator=True)
    assert sign_in(world.diego).post(path).status_code == 403
    world.diego.refresh_from_db()
    assert not world.diego.is_admin and Invitation.objects.get(pk=invitation.pk).accepted_at is None
    told = {"address": world.diego.email, "name": "", "side": "company", "days": "3", "as_administrator": "on"}
    assert sign_in(world.tom).post("/invitations/new/", told).status_code == 422


def test_who_is_placed_outside_meanwhile_is_no_administrator(world):
    seen_before = Person.objects.get(pk=world.nadia.pk)
    world.nadia.stand(Side.CUSTOMER, None, world.tom)
    with pytest.raises(PermissionDenied):
        seen_before.name_administrator(world.tom)
    seen_before = Person.objects.get(pk=world.marc.pk)
    world.marc.name_administrator(world.tom)
    seen_before.stand(Side.CUSTOMER, None, world.tom)
    assert not Person.objects.filter(pk__in=[world.nadia.pk, world.marc.pk], is_admin=True).exists()


def test_nothing_makes_an_administrator_of_somebody_outside(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=world.diego.pk).update(is_admin=True)
