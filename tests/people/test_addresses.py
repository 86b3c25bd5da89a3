"""Another e-mail address: with one's password, by a link mailed to it, told to the former one."""

import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core import signing
from django.core.cache import caches
from django.db import IntegrityError, transaction

from palabre.demo.cast import PASSWORD
from palabre.journal.models import Event
from palabre.mail.listeners import resume
from palabre.mail.models import Bounce, Stopped, reachable
from palabre.people.models import Person
from tests.people.mail import carry_all

pytestmark = pytest.mark.django_db
PAGE = "/account/address/"
NEW = "awa.autrement@exemple.example"


@pytest.fixture(autouse=True)
def mailed(settings, mailoutbox):
    """The house has a mail server, and nobody has asked for anything yet."""
    settings.EMAIL_HOST = "mail.example"
    caches["default"].clear()
    return mailoutbox


@pytest.fixture
def awa(world, sign_in):
    return sign_in(world.awa)


def ask(client, address=NEW, password=PASSWORD):
    """Types the address, then the password that is asked for."""
    answer = client.post(PAGE, {"email": address})
    if answer.status_code == 302 and "/account/reauthenticate/" in answer["Location"]:
        answer = client.post(answer["Location"], {"password": password, "next": PAGE})
    return answer


def letters(mailed):
    """All that was written since the test began, each once."""
    mailed.clear()
    carry_all()
    return list(mailed)


def link(mailed, address=NEW):
    """The path of the last link that came to an address."""
    body = [message for message in letters(mailed) if message.to == [address]][-1].body
    return re.search(r"^https?://[^/]+(/account/address/\S+)$", body, re.MULTILINE)[1]


def now_of(person):
    return Person.objects.get(pk=person.pk).email


def test_an_address_changes_with_password_and_link(world, awa, mailed):
    former = world.awa.email
    asked = awa.post(PAGE, {"email": NEW})
    assert "/account/reauthenticate/" in asked["Location"] and not EmailAddress.objects.filter(email=NEW).exists()
    assert ask(awa).status_code == 302
    assert NEW in awa.get(PAGE).text and now_of(world.awa) == former
    path = link(mailed)
    assert [(*message.to, message.subject) for message in letters(mailed)] == [
        (former, "Une autre adresse e-mail a été demandée"),
        (NEW, "Confirmez votre adresse e-mail"),
    ]
    looked = awa.get(path)
    assert looked.status_code == 200 and NEW in looked.text and now_of(world.awa) == former
    assert awa.post(path).status_code == 302
    assert now_of(world.awa) == NEW
    assert [row.email for row in EmailAddress.objects.filter(user=world.awa)] == [NEW]
    [_asked, _confirming, told] = letters(mailed)
    assert told.to == [former] and NEW in told.body
    [event] = Event.objects.filter(verb="address_changed")
    assert (event.person, event.by) == (world.awa.pk, world.awa.pk) and NEW not in str(event.particulars)
    assert awa.post(path).status_code == 404


def test_sessions_are_kept_and_one_signs_in_with_the_new_one(world, sign_in, awa, mailed):
    elsewhere, former = sign_in(world.awa), world.awa.email
    ask(awa)
    awa.post(link(mailed))
    assert all(client.get("/account/").status_code == 200 for client in (awa, elsewhere))
    login = "/account/login/"
    assert sign_in(None).post(login, {"login": former, "password": PASSWORD}).status_code != 302
    assert sign_in(None).post(login, {"login": NEW.upper(), "password": PASSWORD}).status_code == 302


def test_without_the_password_nothing_is_sent(world, awa, mailed):
    assert ask(awa, password="not this one").status_code == 200
    assert not letters(mailed) and not EmailAddress.objects.filter(email=NEW).exists()


def test_the_link_opens_to_who_asked_for_it_and_to_nobody_else(world, sign_in, awa, mailed):
    ask(awa)
    path = link(mailed)
    assert sign_in(None).get(path).status_code == 302
    assert sign_in(None).post(path).status_code == 302
    for method in ("get", "post"):
        assert getattr(sign_in(world.coumba), method)(path).status_code == 404
    assert now_of(world.awa) != NEW and now_of(world.coumba) != NEW
    assert sign_in(world.coumba).get("/account/").status_code == 200


@pytest.mark.parametrize("address", ["coumba", "COUMBA"])
def test_nobody_learns_whose_an_address_is_but_they_are_told(world, awa, mailed, address):
    taken = world.coumba.email
    said = taken.upper() if address.isupper() else taken
    assert ask(awa, said).status_code == 302
    told = awa.get(PAGE).text
    assert taken in told and "en route" in told
    [message] = [message for message in letters(mailed) if message.to == [taken]]
    assert message.subject == "Cette adresse a déjà un compte" and "/account/address/" not in message.body
    pending = EmailAddress.objects.get(user=world.awa, verified=False)
    forged = EmailConfirmationHMAC(pending).key
    assert awa.post(f"{PAGE}{forged}/").status_code == 409
    assert now_of(world.awa) != taken and not Event.objects.filter(verb="address_changed").exists()


def test_the_database_keeps_addresses_apart_whatever_their_case(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=world.awa.pk).update(email=world.coumba.email.upper())


def test_who_comes_first_has_it(world, awa, mailed):
    ask(awa)
    path = link(mailed)
    Person.objects.filter(pk=world.coumba.pk).update(email=NEW.upper())
    refused = awa.post(path)
    assert refused.status_code == 409 and "L’ouvrir n’a rien changé" in refused.text
    assert now_of(world.awa) != NEW
    assert awa.get("/account/").status_code == 200


def test_another_request_ends_the_first_and_one_may_leave_it(world, awa, mailed):
    ask(awa)
    first = link(mailed)
    ask(awa, "encore@exemple.example")
    assert awa.get(first).status_code == 404
    second = link(mailed, "encore@exemple.example")
    assert awa.post(PAGE, {"leave": "1"}).status_code == 302
    assert awa.get(second).status_code == 404 and "en route" not in awa.get(PAGE).text


def test_asked_again_it_is_the_same_link(world, awa, mailed):
    ask(awa)
    first = link(mailed)
    ask(awa)
    assert len([message for message in letters(mailed) if message.to == [NEW]]) == 1  # not twice within three minutes
    assert awa.post(first).status_code == 302 and now_of(world.awa) == NEW


def test_a_link_ends_after_three_days(world, awa, mailed, monkeypatch):
    ask(awa)
    path = link(mailed)
    key = path.removeprefix(PAGE).strip("/")
    assert EmailConfirmationHMAC.from_key(key) is not None
    monkeypatch.setattr(signing.time, "time", lambda clock=signing.time.time: clock() + 3 * 24 * 3600 + 60)
    assert EmailConfirmationHMAC.from_key(key) is None
    assert now_of(world.awa) != NEW


@pytest.mark.parametrize("address", ["", "sans arobase", "awa"])
def test_what_is_no_new_address_is_refused(world, awa, address):
    said = world.awa.email if address == "awa" else address
    answer = awa.post(PAGE, {"email": said})
    assert answer.status_code == 422 and 'class="err"' in answer.text


def test_where_no_mail_is_sent_the_page_says_so(world, awa, settings):
    settings.EMAIL_HOST = ""
    assert "n’envoie pas de courrier" in awa.get(PAGE).text and 'type="email"' not in awa.get(PAGE).text
    assert awa.post(PAGE, {"email": NEW}).status_code == 422
    assert not EmailAddress.objects.filter(email=NEW).exists()


def test_mail_that_was_stopped_goes_out_again(world, awa, mailed):
    Stopped.stop(Bounce.objects.create(person=world.awa, permanent=True, said="unknown"))
    assert world.awa.pk not in reachable([world.awa.pk])
    ask(awa)
    awa.post(link(mailed))
    resume(Event.objects.get(verb="address_changed"))
    assert world.awa.pk in reachable([world.awa.pk])
