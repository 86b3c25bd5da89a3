"""An invitation opens the house once, to one address, until a date."""

from datetime import timedelta

import pytest

from palabre.journal.models import Event
from palabre.kit.clock import now
from palabre.people import invitations
from palabre.people.models import Invitation, Person, Side
from palabre.spaces.models import Membership, Placement
from tests.people.invited import PASSWORD, enter, invite
from tests.people.mail import carry_all

pytestmark = pytest.mark.django_db


def test_the_link_makes_an_account_and_signs_in(world, sign_in):
    _invitation, path = invite(side=Side.PARTNER, organisation=world.organisations["fibreplus"])
    stranger = sign_in(None)
    answer = enter(stranger, path)
    person = Person.objects.get(email="fatou@exemple.example")
    assert answer.status_code == 302 and answer["Location"] == "/"
    assert (person.name, person.side, person.organisation) == (
        "Fatou Cissé",
        "partner",
        world.organisations["fibreplus"],
    )
    assert stranger.get("/").wsgi_request.user == person
    assert person.check_password(PASSWORD)


def test_only_the_digest_of_the_key_is_kept(world):
    invitation, path = invite()
    key = path.split("/")[2]
    row = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert len(key) >= 43 and key not in str(row)


def test_it_opens_once(world, sign_in):
    _invitation, path = invite()
    assert enter(sign_in(None), path).status_code == 302
    assert sign_in(None).get(path).status_code == 404
    assert enter(sign_in(None), path, name="Somebody else").status_code == 404


def test_it_expires_and_can_be_revoked(world, sign_in):
    invitation, path = invite()
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=now() - timedelta(seconds=1))
    assert sign_in(None).get(path).status_code == 404
    invitation, path = invite(world.tom)
    assert sign_in(world.awa).post(f"/invitations/{invitation.pk}/revocation/").status_code == 404
    assert sign_in(world.tom).post(f"/invitations/{invitation.pk}/revocation/").status_code == 302
    assert enter(sign_in(None), path).status_code == 404


def test_a_second_link_to_an_address_ends_the_first(world, sign_in):
    _first, path = invite(world.tom)
    invite(world.tom)
    assert sign_in(None).get(path).status_code == 404


def test_it_dies_with_the_rights_of_who_sent_it(world, sign_in):
    _invitation, path = invite(world.marc)
    world.marc.leave(world.tom)
    assert sign_in(None).get(path).status_code == 404


def test_a_weak_password_is_refused_with_a_reason(world, sign_in):
    _invitation, path = invite()
    for weak in ("short", "password1234"):
        answer = enter(sign_in(None), path, password=weak)
        assert answer.status_code == 422
    assert not Person.objects.filter(email="fatou@exemple.example").exists()


def test_a_password_needs_no_signs_and_no_capitals(world, sign_in):
    _invitation, path = invite()
    assert enter(sign_in(None), path, password="aaaaaaaaab cccc").status_code == 302


def test_somebody_spoken_for_gets_the_account_of_what_was_said_for_them(world, sign_in):
    _invitation, path = invite(world.tom, "moussa@exemple.example", person=world.moussa)
    enter(sign_in(None), path, name="Moussa Thiam")
    world.moussa.refresh_from_db()
    assert world.moussa.has_account and world.moussa.email == "moussa@exemple.example"
    assert Person.objects.filter(name__startswith="Moussa").count() == 1


def test_it_brings_the_space_and_the_role_it_names(world, sign_in):
    client = sign_in(world.marc)
    told = {"address": "fatou@exemple.example", "name": "", "side": "customer", "role": "reader", "days": "3"}
    page = client.post("/spaces/reseau/invitations/new/", told)
    path = "/invitation/" + page.text.partition("/invitation/")[2].partition('"')[0]
    assert "Réseau" in sign_in(None).get(path).text
    enter(sign_in(None), path)
    membership = Membership.objects.get(person__email="fatou@exemple.example")
    assert (membership.space, membership.role, membership.by) == (world.spaces["reseau"], "reader", world.marc)
    verbs = Event.objects.filter(person=membership.person_id).values_list("verb", flat=True)
    assert {"person_joined", "invitation_accepted", "member_added"} <= set(verbs)


def test_somebody_with_an_account_signs_in_and_accepts(world, sign_in):
    invitation, path = invite(world.marc, world.diego.email)
    Placement.objects.create(invitation=invitation, space=world.spaces["installateurs"], role="contributor")
    assert world.diego.email in sign_in(None).get(path).text
    assert enter(sign_in(None), path, address=world.diego.email).status_code in (403, 422)
    assert sign_in(world.diego).post(path).status_code == 302
    assert Membership.objects.filter(person=world.diego, space=world.spaces["installateurs"]).exists()


def test_where_a_mail_server_is_set_the_link_leaves_by_mail_and_is_not_shown(world, sign_in, settings, mailoutbox):
    settings.EMAIL_HOST = "mail.example"
    world.tom.language = "fr"
    world.tom.save()
    told = {"address": "fatou@exemple.example", "name": "Fatou", "side": "customer", "days": "14"}
    page = sign_in(world.tom).post("/invitations/new/", told)
    assert "/invitation/" not in page.text and mailoutbox == []
    carry_all()
    [mail] = mailoutbox
    assert mail.to == ["fatou@exemple.example"] and "/invitation/" in mail.body and world.tom.name in mail.body


def test_nobody_floods_the_world_with_invitations(world, sign_in, monkeypatch):
    monkeypatch.setattr(invitations, "A_DAY", 2)
    told = {"name": "", "side": "customer", "days": "14"}
    client = sign_in(world.tom)
    for number in range(2):
        assert client.post("/invitations/new/", told | {"address": f"f{number}@exemple.example"}).status_code == 200
    assert client.post("/invitations/new/", told | {"address": "f9@exemple.example"}).status_code == 422


def test_the_browser_holds_no_key_and_lets_go_of_what_was_accepted(world, sign_in):
    _invitation, path = invite()
    stranger = sign_in(None)
    stranger.get(path)
    assert path.split("/")[2] not in str(dict(stranger.session.items())) and invitations.HELD in stranger.session
    enter(stranger, path)
    assert invitations.HELD not in stranger.session


def test_somebody_spoken_for_stands_where_their_invitation_says(world, sign_in):
    fibreplus = world.organisations["fibreplus"]
    _invitation, path = invite(
        world.tom, "moussa@exemple.example", person=world.moussa, side=Side.PARTNER, organisation=fibreplus
    )
    enter(sign_in(None), path, name="Moussa Thiam")
    world.moussa.refresh_from_db()
    assert (world.moussa.side, world.moussa.organisation) == ("partner", fibreplus)


def test_the_first_administrator_is_told_that_an_address_is_taken(world, sign_in):
    world.tom.dismiss_administrator(world.nadia)
    path = invitations.first_administrator_link().partition("/invitation/")[2]
    answer = enter(sign_in(None), f"/invitation/{path}", address=world.awa.email)
    assert answer.status_code == 422 and "socialaccount" not in answer.text


@pytest.mark.parametrize("address", ["/invitations/new/", "/spaces/maison/invitations/new/"])
def test_who_has_left_is_taken_back_and_not_invited(world, sign_in, address):
    world.tom.language = "en"
    world.tom.save()
    world.spaces["maison"].welcome(world.tom, "steward", world.marc)
    told = {"address": world.bineta.email, "name": "", "side": "company", "role": "reader", "days": "14"}
    answer = sign_in(world.tom).post(address, told)
    assert answer.status_code == 422 and "takes them back" in answer.text


def test_the_message_speaks_the_language_chosen_for_it_and_the_house_that_of_the_browser(
    world, sign_in, settings, mailoutbox
):
    settings.EMAIL_HOST, settings.HOUSE_TIME_ZONE = "mail.example", "Africa/Dakar"
    world.tom.language = "fr"
    world.tom.save()
    told = {"address": "fatou@exemple.example", "name": "Fatou", "side": "customer", "days": "14", "language": "en"}
    sign_in(world.tom).post("/invitations/new/", told)
    carry_all()
    [mail] = mailoutbox
    assert "You are invited" in mail.subject
    enter(sign_in(None), "/invitation/" + mail.body.partition("/invitation/")[2].split()[0])
    person = Person.objects.get(email="fatou@exemple.example")
    assert (person.language, person.time_zone) == ("", "Africa/Dakar")


def test_the_end_of_an_invitation_is_in_the_journal_whatever_ended_it(world):
    first, _path = invite(world.tom, as_administrator=True, side=Side.COMPANY)
    second, _path = invite(world.tom)
    world.tom.leave(world.nadia)
    ended = Event.objects.filter(verb="invitation_revoked").order_by("id")
    assert [event.particulars["invitation"] for event in ended] == [first.pk, second.pk]
    assert Event.objects.filter(verb="invited").order_by("id").first().particulars["administrator"] is True
