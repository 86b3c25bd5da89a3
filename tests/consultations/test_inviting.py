"""Invitations by mail: one link each, in the reader's language, within what people allow; who answered is told to
nobody, and a reminder comes once."""

import re
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.utils.translation import override
from procrastinate.contrib.django.models import ProcrastinateJob

from palabre.consultations import inviting, letters
from palabre.consultations.models import Invitation, Response, Seat, Silence
from palabre.kit.clock import now
from palabre.people.attention import Attention, Use, left, spend
from tests.golden import agrees

GOLDEN = Path(__file__).parent / "golden"
ANA = "ana@dehors.example"


@pytest.fixture(autouse=True)
def mail_server(settings):
    settings.EMAIL_HOST = "mail.example"


def address(consultation, more=""):
    return f"/consultations/{consultation.pk}/letters/{more}"


def work():
    """What the worker would send now."""
    for job in ProcrastinateJob.objects.filter(task_name="consultations.letter", status="todo").order_by("pk"):
        letters.send(job.args["invitation"], reminder=job.args.get("reminder", False))
    ProcrastinateJob.objects.filter(pk__isnull=False)


def link_in(message):
    return re.search(r"/consultations/\d+/answer/\?by=\S+", message.body)[0]


def test_a_pasted_list_becomes_letters_each_with_a_link_for_one_answer(world, opened, sign_in, mailoutbox):
    consultation = opened("recommend", who="invited")
    pasted = f"Ana <ana@dehors.example>, bob@dehors.example; ana@dehors.example\n{world.grace.email}"
    said = sign_in(world.marc).post(address(consultation), {"addresses": pasted, "language": "fr"}, follow=True)
    assert "3 lettres" in said.content.decode().replace("\u00a0", " ")
    work()
    to = {message.to[0]: message for message in mailoutbox}
    assert set(to) == {"ana@dehors.example", "bob@dehors.example", world.grace.email}
    assert len({link_in(message) for message in mailoutbox}) == 3
    assert to[world.grace.email].extra_headers["Content-Language"] == world.grace.language
    assert to["ana@dehors.example"].extra_headers["Content-Language"] == "fr"
    stranger = Client()
    form = {"at": "recommend", "recommend": "9", "by": link_in(to["ana@dehors.example"]).partition("by=")[2]}
    assert stranger.get(link_in(to["ana@dehors.example"])).status_code == 200
    stranger.post(f"/consultations/{consultation.pk}/answer/", form)
    assert Response.objects.get().side == "public"
    Client().post(f"/consultations/{consultation.pk}/answer/", form)
    assert Response.objects.count() == 1
    sign_in(world.marc).post(address(consultation), {"addresses": pasted, "language": "fr"})
    assert Invitation.objects.count() == 3  # nobody is invited twice


def test_people_are_named_beside_addresses(world, opened, sign_in, mailoutbox):
    consultation = opened("recommend")
    typed = f"Ana <{ANA}>, @{world.ines.handle}; @{world.grace.handle}"
    assert sign_in(world.marc).post(address(consultation), {"addresses": typed, "language": "fr"}).status_code == 302
    work()
    assert {message.to[0] for message in mailoutbox} == {ANA, world.ines.email, world.grace.email}


def test_the_seat_of_a_letter_is_the_seat_of_its_person(world, opened, answered, mailoutbox):
    consultation = opened("recommend")
    consultation.ask(world.marc, [world.ines.pk])
    inviting.invite(consultation, world.marc, inviting.recipients([], [world.ines], "fr"))
    work()
    assert Seat.objects.get().person == world.ines
    form = {"at": "recommend", "recommend": "9", "by": link_in(mailoutbox[0]).partition("by=")[2]}
    Client().post(f"/consultations/{consultation.pk}/answer/", form)
    assert Response.objects.get().side == "customer"
    answered(consultation, world.ines, {"recommend": "3"})
    assert Response.objects.count() == 1


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("reminder", [False, True])
def test_a_letter_is_plain_text_and_html_in_its_language_with_a_way_out(language, reminder, world, opened, mailoutbox):
    consultation = opened("recommend")
    inviting.invite(consultation, world.marc, [inviting.To("ana@dehors.example", language)])
    Invitation.objects.update(sent_at=now() if reminder else None)
    letters.send(Invitation.objects.get().pk, reminder=reminder)
    message = mailoutbox[0]
    text, html = message.body, message.alternatives[0][0]
    assert all(len(line) <= 76 or "://" in line for line in text.splitlines())
    stop = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert stop in text and stop in html and link_in(message) in text and link_in(message) in html
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f'lang="{language}"' in html
    assert ("Votre avis" if language == "fr" else "Your opinion") in message.subject
    assert ("In-Reply-To" in message.extra_headers) == reminder


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("whom", ["stranger", "known", "reminder"])
def test_a_letter_says_all_of_it_why_it_came_and_how_it_is_stopped(whom, language, world, opened, settings):
    settings.ADDRESS = "https://palabre.example"
    to = inviting.To(world.ines.email, language, world.ines.pk) if whom == "known" else inviting.To(ANA, language)
    inviting.invite(opened("recommend"), world.marc, [to])
    invitation = Invitation.objects.select_related("seat__person", "consultation__item__space").get()
    invitation.consultation.closes_at = datetime(2026, 12, 8, 17, 30, tzinfo=UTC)
    with override(language):
        message = letters.composed(invitation, reminder=whom == "reminder")
    [(html, _kind)] = message.alternatives
    assert re.findall(r"<(?:img|link|script|iframe)\b|url\(|@import|\bsrc=", html) == []  # it fetches nothing
    for kind, body in (("txt", message.body), ("html", html)):
        agrees(GOLDEN / f"invitation-{whom}.{language}.{kind}", said(body))
    links = set(re.findall(r"https://[^\s\"<>]+", message.body))
    assert links == set(re.findall(r"https://[^\s\"<>]+", html)) and len(links) == (3 if whom == "known" else 2)


def said(body):
    """What is the same each time: without the numbers and seals of this database."""
    body = re.sub(r"(?<=/silence/)[^/]+|(?<=by=)\w+", "…", body)
    return re.sub(r"(?<=/)[0-9]+(?=/)", "…", body)


def test_to_look_at_the_way_out_changes_nothing_and_to_press_it_ends_letters(world, opened, mailoutbox, settings):
    consultation = opened("recommend")
    inviting.invite(consultation, world.marc, [inviting.To("ana@dehors.example", "fr")])
    work()
    stop = mailoutbox[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix(settings.ADDRESS)
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(stop).status_code == 200 and not Silence.objects.exists()
    assert stranger.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert stranger.get(stop.replace(stop[-5:], "aaaa/")).status_code == 404
    again = opened("recommend")
    sent = inviting.invite(again, world.marc, [inviting.To("Ana@dehors.example", "fr")])
    assert (sent.written, sent.spared) == (0, 1)


def test_letters_stay_within_what_people_let_the_house_ask(world, opened):
    Attention.objects.create(person=world.grace, requests=1)
    spend(Use.REQUEST, [(world.grace.pk, "decision:1")])
    consultation = opened("recommend")
    sent = inviting.invite(consultation, world.marc, inviting.recipients([], [world.grace, world.ines], "fr"))
    assert (sent.written, sent.spared) == (1, 1)
    assert left(Use.REQUEST, world.ines) == 7
    for number in range(9):
        sent = inviting.invite(opened("recommend"), world.marc, [inviting.To("ana@dehors.example", "fr")])
        assert sent.written == (1 if number < 8 else 0)  # as often in a month as people with an account


def test_an_address_is_its_owner_s_however_it_is_written(world):
    world.grace.email = "Grace.N@fibreplus.example"
    world.grace.save(update_fields=["email"])
    [to] = inviting.recipients(["grace.n@Fibreplus.example"], [], "fr")
    assert to.person == world.grace.pk


def test_a_reminder_comes_once_and_to_those_alone_who_have_not_answered(world, opened, sign_in, mailoutbox):
    consultation, marc = opened("recommend"), sign_in(world.marc)
    to = [inviting.To(f"{name}@dehors.example", "fr") for name in ("ana", "bob", "cid")]
    inviting.invite(consultation, world.marc, to)
    work()
    form = {"at": "recommend", "recommend": "9", "by": link_in(mailoutbox[0]).partition("by=")[2]}
    Client().post(f"/consultations/{consultation.pk}/answer/", form)
    assert inviting.remind(consultation, world.marc) == 0  # they came a moment ago
    Invitation.objects.update(sent_at=now() - timedelta(days=2))
    Invitation.objects.filter(address="cid@dehors.example").update(refused="550")
    mailoutbox.clear()
    marc.post(address(consultation, "reminder/"))
    invitation = Invitation.objects.get(address="bob@dehors.example")
    letters.send(invitation.pk, reminder=True)
    assert [message.to for message in mailoutbox] == [["bob@dehors.example"]]
    assert inviting.remind(consultation, world.marc) == 0


def test_it_is_told_how_many_answered_and_never_who(world, opened, sign_in, mailoutbox):
    consultation, marc = opened("recommend"), sign_in(world.marc)
    inviting.invite(consultation, world.marc, [inviting.To("ana@dehors.example", "fr")])
    work()

    def told():
        html = marc.get(address(consultation)).content.decode()
        return html.partition("<main")[2], html.partition("letters-sent")[2].partition("</ul>")[0]

    _page, before = told()
    form = {"at": "recommend", "recommend": "9", "by": link_in(mailoutbox[0]).partition("by=")[2]}
    Client().post(f"/consultations/{consultation.pk}/answer/", form)
    page, after = told()
    assert re.search(r"<dt>Ont répondu</dt><dd>1</dd>", page) and before == after
    consultation.close(world.marc)
    assert set(Invitation.objects.values_list("address", flat=True)) == {""}


def test_where_a_space_is_not_public_only_those_who_read_it_are_written_to(world, made, sign_in):
    consultation = made("recommend", where=world.spaces["maison"], by=world.awa)
    consultation.open(world.awa, now() + timedelta(days=1))
    pasted = f"ana@dehors.example {world.ines.email} {world.grace.email}"
    said = sign_in(world.awa).post(address(consultation), {"addresses": pasted, "language": "fr"}, follow=True)
    assert "2 ne lisent pas" in said.content.decode().replace("\u00a0", " ")
    assert set(Invitation.objects.values_list("address", flat=True)) == {world.grace.email}


@pytest.mark.parametrize(
    "wrong", [{"addresses": ""}, {"addresses": "ana@"}, {"addresses": "@personne"}, {"addresses": "ana.example"}]
)
def test_what_is_no_address_is_said_and_nobody_is_written_to(wrong, world, opened, sign_in):
    consultation = opened("recommend")
    response = sign_in(world.marc).post(address(consultation), {"language": "fr", **wrong})
    assert response.status_code == 422 and wrong["addresses"] in response.content.decode()
    assert not Invitation.objects.exists()


def test_the_people_of_an_organisation_are_chosen_at_once(world, opened, sign_in):
    consultation = opened("recommend")
    form = {"organisation": world.organisations["baobab"].pk, "language": "fr"}
    sign_in(world.marc).post(address(consultation), form)
    asked = set(Seat.objects.filter(asked=True).values_list("person__organisation__slug", flat=True))
    assert asked == {"baobab"}


def test_without_a_mail_server_it_says_so_and_sends_nothing(world, opened, sign_in, settings):
    consultation = opened("recommend")
    inviting.invite(consultation, world.marc, [inviting.To("bob@dehors.example", "fr")])
    Invitation.objects.update(sent_at=now() - timedelta(days=2))
    settings.EMAIL_HOST = ""
    marc = sign_in(world.marc)
    response = marc.post(address(consultation), {"addresses": "ana@dehors.example", "language": "fr"})
    assert Invitation.objects.get().address == "bob@dehors.example"
    assert "n’envoie pas de courrier" in response.content.decode()
    assert address(consultation, "reminder/") not in response.content.decode()
    marc.post(address(consultation, "reminder/"))
    assert Invitation.objects.get().reminded_at is None


class Refusing(BaseEmailBackend):
    """A mail server that takes nothing."""

    code = 550

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (self.code, b"no such user here")})


class Busy(Refusing):
    code = 451


@pytest.mark.parametrize(("server", "refused"), [(Refusing, "550 no such user here"), (Busy, "")])
def test_an_address_at_which_nobody_lives_is_noted_and_a_busy_server_asked_again(
    world, opened, settings, server, refused
):
    consultation = opened("recommend", who="invited")
    inviting.invite(consultation, world.marc, inviting.recipients(["ana@dehors.example"], [], "fr"))
    settings.EMAIL_BACKEND = f"{__name__}.{server.__name__}"
    invitation = Invitation.objects.get()
    with nullcontext() if refused else pytest.raises(SMTPRecipientsRefused):
        letters.send(invitation.pk)
    invitation.refresh_from_db()
    assert (invitation.refused, invitation.sent_at) == (refused, None)
