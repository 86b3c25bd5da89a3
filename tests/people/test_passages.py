"""Leaving ends every way in at once; coming back undoes it."""

import pytest

from palabre.journal.models import Event
from palabre.people.models import Person
from palabre.spaces.models import Membership, Space

pytestmark = pytest.mark.django_db


def test_leaving_ends_sessions_memberships_and_rights(world, sign_in):
    marc = sign_in(world.marc)
    assert marc.get("/people/").status_code == 200
    assert sign_in(world.tom).post(f"/people/{world.marc.pk}/departure/").status_code == 302
    assert marc.get("/people/").status_code == 302
    assert not world.marc.sessions.exists()
    assert not Membership.objects.filter(person=world.marc).exists()
    gone = Person.objects.get(pk=world.marc.pk)
    assert list(Space.objects.visible_to(gone).values_list("audience", flat=True).distinct()) == ["public"]
    assert not sign_in(None).login(email=world.marc.email, password="under-the-baobab")


def test_who_has_left_is_still_who_wrote(world, sign_in):
    world.coumba.leave(world.tom)
    page = sign_in(world.awa).get(world.coumba.get_absolute_url())
    assert page.status_code == 200
    assert world.coumba.name in page.text
    assert world.coumba.name not in sign_in(world.awa).get("/people/").text


def test_coming_back_gives_back_what_the_departure_took(world, sign_in):
    before = set(Membership.objects.filter(person=world.marc).values_list("space", "role"))
    world.marc.leave(world.tom)
    sign_in(world.tom).post(f"/people/{world.marc.pk}/return/")
    world.marc.refresh_from_db()
    assert world.marc.has_account
    assert set(Membership.objects.filter(person=world.marc).values_list("space", "role")) == before


def test_a_membership_ended_before_the_departure_does_not_come_back(world):
    space = world.spaces["direction"]
    space.dismiss(world.marc, world.nadia)
    world.marc.leave(world.tom)
    world.marc.come_back(world.tom)
    assert not Membership.objects.filter(person=world.marc, space=space).exists()


def test_an_administrator_who_left_comes_back_without_the_rights(world):
    world.tom.leave(world.tom)
    world.tom.come_back(world.tom)
    assert not world.tom.is_admin


def test_each_passage_is_in_the_journal(world):
    world.lea.leave(world.tom)
    world.lea.come_back(world.tom)
    told = list(Event.objects.filter(person=world.lea.pk).order_by("id").values_list("verb", flat=True))
    assert (
        told[0] == "person_left"
        and "person_returned" in told
        and told.count("member_removed") == told.count("member_added")
    )


def test_nobody_sees_themselves_out_and_readers_nobody(world, sign_in):
    assert sign_in(world.tom).post(f"/people/{world.tom.pk}/departure/").status_code == 403
    assert sign_in(world.marc).post(f"/people/{world.awa.pk}/departure/").status_code == 403


def test_where_one_stands_decides_at_once_what_one_sees(world, sign_in):
    grace = sign_in(world.grace)
    assert grace.get("/spaces/maison/").status_code == 200
    told = {"side": "partner", "organisation": world.organisations["sahel"].pk}
    assert sign_in(world.tom).post(f"/people/{world.grace.pk}/standing/", told).status_code == 302
    world.spaces["maison"].dismiss(world.grace, world.marc)
    assert grace.get("/spaces/maison/").status_code == 404
    assert grace.get("/spaces/produit/").status_code == 404
    assert Event.objects.get(verb="person_placed").particulars["side"] == "partner"
    assert sign_in(world.marc).post(f"/people/{world.awa.pk}/standing/", told).status_code == 403
    wrong = {"side": "customer", "organisation": world.organisations["sahel"].pk}
    assert sign_in(world.tom).post(f"/people/{world.awa.pk}/standing/", wrong).status_code == 422


def test_an_administrator_is_named_once_and_thanked_once_however_often_it_is_sent(world, sign_in):
    client, address = sign_in(world.tom), f"/people/{world.nadia.pk}/administration/"
    for told, is_admin in (({}, True), ({"undo": "1"}, False)):
        for _twice in range(2):
            client.post(address, told)
            world.nadia.refresh_from_db()
            assert world.nadia.is_admin == is_admin
    verbs = Event.objects.filter(person=world.nadia.pk).order_by("id").values_list("verb", flat=True)
    assert [*verbs] == ["administrator_named", "administrator_dismissed"]
