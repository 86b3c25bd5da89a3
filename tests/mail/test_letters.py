"""Letters: what they say in both languages, where they come from, and how they are stopped; rights are asked again."""

import re
from datetime import timedelta
from email.utils import parseaddr
from html import escape
from pathlib import Path

import pytest

from palabre.authoring import lifecycle
from palabre.authoring.writing import publish
from palabre.conversations.models import Conversation
from palabre.kit.html import strip
from palabre.mail import letters
from palabre.mail.answers.address import opened
from palabre.mail.lists import List
from palabre.mail.models import Choice, Rhythm
from palabre.mail.plain import COLUMNS
from palabre.mail.tasks import digests
from palabre.people.attention import Attention
from palabre.signals import carrying
from palabre.signals.models import ITSELF, Carried, Entry, Follow, Level, Signal
from palabre.spaces.models import Request, Role
from palabre.tags.models import Tag
from palabre.talk.models import Comment
from palabre.webhooks.models import Webhook, Why
from tests.golden import agrees
from tests.mail.conftest import MORNING

GOLDEN = Path(__file__).parent / "golden"
LONG = (
    "Le câble de la rue des Baobabs passe par trois regards, dont deux sont inondés chaque hivernage ; il faudrait "
    "les relever de quarante centimètres avant juin, ou passer par la façade."
)


@pytest.fixture
def page(world, tell):
    item = publish("page", world.spaces["maison"], world.awa, "Le plan de la rue des Baobabs", "Texte.")
    tell()
    Signal.objects.all().delete()
    return item


def said(body):
    """What is the same each time: without the numbers of this database."""
    body = re.sub(r"/stop/[^/]+/", "/stop/…/", body)
    return re.sub(r"(?<=/)[0-9]+(?=[-/])|(?<=#answer-)[0-9]+", "…", body)


def golden(name, body):
    agrees(GOLDEN / name, said(body))


def within_columns(body):
    return [line for line in body.splitlines() if len(line) > COLUMNS and "://" not in line]


def alone(message):
    """Its HTML, which fetches nothing: no picture, no style and no font tells anybody that it was opened."""
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    assert re.findall(r"<(?:img|link|script|iframe)\b|url\(|@import|\bsrc=", html) == []
    return html


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_letter_about_a_thing_says_all_of_it_in_its_persons_language(world, page, tell, deliver, language):
    world.awa.language = language
    world.awa.save()
    opening = Comment.say(page, world.marc, LONG)
    Comment.say(page, world.coumba, f"@{world.awa.handle}, qu’en penses-tu ?", parent=opening)
    tell()
    [message] = [each for each in deliver() if each.to == [world.awa.email]]
    golden(f"letter.{language}.txt", message.body)
    assert within_columns(message.body) == []
    html = alone(message)
    golden(f"letter.{language}.html", html)
    assert set(re.findall(r"https://[^\s\"<>]+", message.body)) <= set(re.findall(r"https://[^\s\"<>]+", html)) | {
        f"https://palabre.example{opening.get_absolute_url()}"
    }


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_letter_carries_all_that_was_said_and_leads_to_the_rest_of_what_is_very_long(
    world, page, tell, deliver, language
):
    world.awa.language = language
    world.awa.save()
    listed = "- relever les regards\n- passer par la façade, selon [le relevé](https://mesures.example/2026/regards)"
    whole = f"@{world.awa.handle}, deux voies :\n\n{listed}\n\nhttps://mesures.example/\n\n{'0123456789' * 12}"
    Comment.say(page, world.marc, whole)
    Comment.say(page, world.coumba, f"@{world.awa.handle}\n\n" + "\n".join([f"{n}. {LONG}" for n in range(1, 31)]))
    tell()
    [message] = [each for each in deliver() if each.to == [world.awa.email]]
    golden(f"letter-long.{language}.txt", message.body)
    assert within_columns(message.body) == []
    [(html, _kind)] = message.alternatives
    rest = {"fr": "La suite est sur la page", "en": "The rest is on the page"}[language]
    assert html.count(rest) == message.body.count(rest) == 1
    assert "15. Le câble" in html and "30. Le câble" not in html


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("sort", ["message", "answer"])
def test_a_message_and_an_answer_arrive_with_their_words_and_can_be_answered(
    world, tell, deliver, settings, language, sort
):
    settings.PALABRE_MAIL_REPLY = "reply@palabre.example"
    world.awa.language = language
    world.awa.save()
    asked = publish("question", world.spaces["maison"], world.awa, "Par où passe le câble ?", "Rue des Baobabs.")
    tell()
    if sort == "message":
        told = Conversation.objects.start(world.marc, [world.awa])
        told.say(world.marc, LONG)
    else:
        asked.question.item = asked
        told = asked.question.answer(world.marc, f"Par la façade.\n\n{LONG}")
    tell()
    [message] = [each for each in deliver() if each.to == [world.awa.email]]
    golden(f"letter-{sort}.{language}.txt", message.body)
    assert within_columns(message.body) == []
    golden(f"letter-{sort}.{language}.html", alone(message))
    assert opened(message.reply_to[0]).item == told.pk


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_webhook_of_the_company_that_is_given_up_is_told_to_administrators_by_mail(
    world, tell, deliver, settings, language
):
    world.tom.language = language
    world.tom.save()
    webhook, _secret = Webhook.objects.make(world.tom, None, name="Suivi", address="https://suivi.example/hear")
    tell()
    webhook.disable(Why.FAILING)
    tell()
    [message] = deliver()
    assert message.to == [world.tom.email]
    golden(f"letter-house.{language}.txt", message.body)
    assert within_columns(message.body) == []
    html = alone(message)
    golden(f"letter-house.{language}.html", html)
    assert f'href="https://palabre.example/webhooks/{webhook.pk}/"' in html
    assert message.message()["References"] == "<house@palabre.example>"
    said = {"fr": "Un webhook a été abandonné", "en": "A webhook was given up"}[language]
    assert message.subject == f"{said} [{settings.COMPANY}]"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_digest_tells_what_waited_space_by_space(world, page, tell, deliver, language):
    world.awa.language = language
    world.awa.save()
    Follow.objects.create(person=world.awa, space=world.spaces["reseau"])
    Follow.objects.create(person=world.awa, tag=Tag.objects.made(["fibre"])["fibre"])
    publish("page", world.spaces["reseau"], world.marc, "Les regards", "Texte.")
    publish("post", world.spaces["maison"], world.marc, "Une date", "La #fibre arrive.")
    Comment.say(page, world.marc, LONG)
    tell()
    Choice(person=world.awa).plan()
    Choice.objects.update(next_at=MORNING)
    digests(0)
    [message] = [each for each in deliver() if each.to == [world.awa.email]]
    golden(f"digest.{language}.txt", message.body)
    assert within_columns(message.body) == []
    golden(f"digest.{language}.html", alone(message))
    assert set(Signal.objects.of(world.awa).values_list("carried", flat=True)) == {Carried.DIGEST}


def test_a_letter_names_its_list_its_thread_and_itself(world, page, tell, deliver):
    Comment.say(page, world.marc, f"@{world.awa.handle} ?")
    tell()
    [first] = deliver()
    Comment.say(page, world.coumba, f"@{world.awa.handle} !")
    tell()
    [second] = deliver()
    headers = [each.message() for each in (first, second)]
    assert headers[0]["Message-ID"] != headers[1]["Message-ID"]
    assert headers[0]["References"] == headers[1]["References"] == f"<item-{page.pk}@palabre.example>"
    assert headers[0]["Subject"] == headers[1]["Subject"]
    assert f"<item-{page.pk}.palabre.example>" in headers[0]["List-Id"]
    assert headers[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers[0]["Auto-Submitted"] == "auto-generated"
    assert parseaddr(headers[0]["From"]) == (f"{world.marc.name} (Teranga)", "palabre@palabre.example")


def test_what_a_crash_sends_again_has_the_same_name(world, page, tell, deliver):
    from palabre.mail import tasks
    from tests.mail.conftest import CONTEXT

    Comment.say(page, world.marc, f"@{world.awa.handle} ?")
    tell()
    [message] = deliver()
    signal = Signal.objects.of(world.awa).get()
    tasks.letter.func(CONTEXT, person=world.awa.pk, signals=[signal.pk])
    from django.core import mail

    assert mail.outbox[-1].message()["Message-ID"] == message.message()["Message-ID"]


@pytest.mark.parametrize("gesture", ["trash", "read", "mute", "gone"])
def test_between_the_decision_and_the_sending_rights_and_reading_are_asked_again(world, page, tell, deliver, gesture):
    Comment.say(page, world.marc, f"@{world.awa.handle} ?")
    tell()
    match gesture:
        case "trash":
            lifecycle.trash(page, world.awa)
        case "read":
            Entry.objects.filter(person=world.awa).see(10**9)
        case "mute":
            Follow.objects.set(world.awa, Level.MUTED, item=page)
        case "gone":
            world.awa.is_active = False
            world.awa.save()
    assert deliver() == []


def test_to_look_at_the_way_out_changes_nothing_and_one_press_signed_out_stops_exactly_that(
    world, page, tell, deliver, client
):
    other = publish("page", world.spaces["maison"], world.awa, "Autre", "Texte.")
    Comment.say(page, world.marc, f"@{world.awa.handle} ?")
    tell()
    [message] = deliver()
    address = message.message()["List-Unsubscribe"].strip("<>").removeprefix("https://palabre.example")
    shown = client.get(address)
    assert shown.status_code == 200 and "Le plan" in shown.content.decode()
    assert shown["Referrer-Policy"] == "no-referrer"
    assert not Follow.objects.filter(person=world.awa, level=Level.MUTED).exists()
    strict = type(client)(enforce_csrf_checks=True)
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert [*Follow.objects.filter(person=world.awa, level=Level.MUTED).values_list("item", flat=True)] == [page.pk]
    Comment.say(page, world.marc, f"@{world.awa.handle} ?")
    Comment.say(other, world.marc, f"@{world.awa.handle} ?")
    tell()
    assert [each.subject for each in deliver()] == ["Autre [Toute la maison]"]


def test_the_way_out_of_a_digest_ends_the_digest_and_of_a_space_its_follow(world, client):
    follow = Follow.objects.create(person=world.awa, space=world.spaces["reseau"])
    client.post(List(world.awa.pk, "f", follow.pk).address.removeprefix("https://palabre.example"))
    follow.refresh_from_db()
    assert follow.level == Level.MUTED, "it stays among what one follows, to be heard of again"
    client.post(List.digest(world.awa).address.removeprefix("https://palabre.example"))
    kept = Choice.objects.get(person=world.awa)
    assert (kept.digest, kept.next_at) == (Rhythm.NEVER, None)


def test_a_letter_about_no_item_is_of_the_letters_at_once_and_its_way_out_ends_those_alone(
    world, tell, deliver, client
):
    webhook, _secret = Webhook.objects.make(world.tom, None, name="Suivi", address="https://suivi.example/hear")
    tell()
    webhook.disable(Why.FAILING)
    tell()
    [message] = deliver()
    address = message.message()["List-Unsubscribe"].strip("<>").removeprefix("https://palabre.example")
    assert "Vous allez arrêter les courriels envoyés aussitôt." in client.get(address).content.decode()
    stopped = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert "Vous ne recevrez plus les courriels envoyés aussitôt." in stopped.content.decode()
    kept = Choice.objects.get(person=world.tom)
    assert (kept.at_once, kept.digest) == (False, Rhythm.DAILY)


def test_a_letter_about_a_space_names_it_once_and_leads_there(world, tell, deliver):
    space = world.spaces["reseau"]
    Request.objects.create(space=space, person=world.grace, role=Role.READER)
    space.record("access_asked", world.grace, person=world.grace, role=Role.READER)
    tell()
    [message] = [each for each in deliver() if each.to == [world.marc.email]]
    assert message.subject.startswith(world.grace.name)
    assert message.subject.endswith(f" [{space.name}]")
    assert message.body.splitlines()[:2] == [space.name, "Espace · Équipe"]
    assert f"À lire ici :\nhttps://palabre.example{space.get_absolute_url()}" in message.body.replace("\xa0", " ")
    assert alone(message).count(escape(space.name)) == 1


def test_a_letter_about_a_space_stops_what_happens_to_it_and_nothing_else(world, tell, deliver, client):
    space = world.spaces["reseau"]
    Request.objects.create(space=space, person=world.grace, role=Role.READER)
    space.record("access_asked", world.grace, person=world.grace, role=Role.READER)
    tell()
    [message] = [each for each in deliver() if each.to == [world.marc.email]]
    assert f"<space-{space.pk}.palabre.example>" in message.message()["List-Id"]
    address = message.message()["List-Unsubscribe"].strip("<>").removeprefix("https://palabre.example")
    assert space.name in strip(client.get(address).content.decode().replace("&amp;", "&"))
    client.post(address, {"List-Unsubscribe": "One-Click"})
    [silent] = Follow.objects.filter(person=world.marc, level=Level.MUTED)
    assert (silent.space, silent.kind) == (space, ITSELF)
    assert not Choice.objects.filter(person=world.marc).exists()


def test_an_address_that_this_house_has_not_signed_opens_nothing(world, client):
    token = List.digest(world.awa).token
    forged = [token.replace("-d", "-i"), token[:-1] + ("a" if token[-1] != "a" else "b"), "1-d1-", "x", "9" * 30]
    for each in forged:
        assert client.post(f"/mail/stop/{each}/").status_code == 404
    other = List(world.marc.pk, "d", world.marc.pk).token
    assert other.split("-")[-1] != token.split("-")[-1]


def test_a_letter_shows_nothing_of_a_page_that_its_holder_may_no_longer_see(world, page, client):
    token = List(world.awa.pk, "i", page.pk)
    lifecycle.trash(page, world.awa)
    shown = client.get(token.address.removeprefix("https://palabre.example")).content.decode()
    assert "Le plan" not in strip(shown)


def test_what_a_digest_quotes_in_one_line_has_one_space_between_its_words(world, page, tell):
    Comment.say(page, world.marc, f"@{world.awa.handle} :\n\n- le regard est sec ;\n- la façade attend.")
    tell()
    with letters.in_the_way_of(world.awa):
        made = letters.digest(world.awa, list(Signal.objects.of(world.awa)), MORNING)
    quoted = made.text.partition("“")[2] or made.text.partition("«")[2]
    assert re.search(r"\S {2,}\S", quoted.partition("http")[0]) is None, made.text


def test_who_wants_no_letters_at_once_has_them_in_the_digest(world, page, tell, deliver):
    Choice(person=world.awa, at_once=False).plan()
    Comment.say(page, world.marc, f"@{world.awa.handle} ?")
    tell()
    assert deliver() == []
    Choice.objects.update(next_at=MORNING)
    digests(0)
    assert [each.to for each in deliver()] == [[world.awa.email]]


def test_a_digest_comes_once_at_the_hour_of_its_person_and_not_when_there_is_nothing(world, page, tell, deliver):
    choice = Choice(person=world.awa, hour=7)
    world.awa.time_zone = "Africa/Dakar"
    assert choice.following(MORNING) == MORNING.replace(hour=7, minute=0) + timedelta(days=1)
    choice.digest, choice.weekday = Rhythm.WEEKLY, 4
    assert choice.following(MORNING) == MORNING.replace(hour=7, minute=0) + timedelta(days=2)
    choice.digest = Rhythm.DAILY
    choice.plan()
    Choice.objects.update(next_at=MORNING)
    digests(0)
    assert deliver() == []
    assert Choice.objects.get(person=world.awa).next_at > MORNING
    Comment.say(page, world.marc, "Une remarque.")
    tell()
    Choice.objects.update(next_at=MORNING)
    digests(0)
    digests(0)
    assert len(deliver()) == 1


def test_what_the_mail_server_never_takes_is_decided_anew(world, page, tell, deliver, monkeypatch, settings):
    from types import SimpleNamespace

    from palabre.mail import tasks

    def refuse(_letter):
        raise OSError("no route")

    Comment.say(page, world.marc, f"@{world.awa.handle} ?")
    tell()
    signal = Signal.objects.of(world.awa).get()
    assert signal.carried == Carried.MAIL
    monkeypatch.setattr(letters.Letter, "message", refuse)
    last = SimpleNamespace(job=SimpleNamespace(attempts=tasks.ATTEMPTS - 1))
    with pytest.raises(OSError, match="no route"):
        tasks.letter.func(last, person=world.awa.pk, signals=[signal.pk])
    signal.refresh_from_db()
    assert signal.carried == ""
    assert carrying.gather(world.awa) == [signal]


def test_letters_and_numbers_are_chosen_by_one_press_and_refused_together(world, sign_in):
    awa = sign_in(world.awa)
    numbers = {"interruptions": "4", "requests": "2", "quiet_from": "19:00", "quiet_until": "08:00"}
    form = numbers | {"digest": "weekly", "weekday": "3", "hour": "18"}
    assert awa.get("/account/attention/").content.decode().count('class="btn primary"') == 1
    assert awa.post("/account/attention/", form).status_code == 302
    kept = Choice.objects.get(person=world.awa)
    assert (kept.at_once, kept.digest, kept.weekday, kept.hour) == (False, "weekly", 3, 18)
    assert kept.next_at is not None
    assert Attention.objects.get(person=world.awa).interruptions == 4
    refused = awa.post("/account/attention/", form | {"hour": "44", "interruptions": "9"})
    assert refused.status_code == 422 and 'value="9"' in refused.content.decode()
    assert awa.post("/account/attention/", form | {"hour": "7", "interruptions": "900"}).status_code == 422
    assert Choice.objects.get(person=world.awa).hour == 18
    assert Attention.objects.get(person=world.awa).interruptions == 4
    assert re.search(r"selected>18\sh\s00<", awa.get("/account/attention/").content.decode())


def test_an_address_that_the_mail_server_never_takes_is_written_to_no_more(
    world, page, tell, deliver, monkeypatch, sign_in
):
    from smtplib import SMTPRecipientsRefused

    from palabre.mail.models import Stopped, reachable

    def refuse(_letter):
        raise SMTPRecipientsRefused({world.awa.email: (550, b"5.1.1 no such user")})

    Comment.say(page, world.marc, f"@{world.awa.handle} ?")
    tell()
    monkeypatch.setattr(letters.Letter, "message", refuse)
    assert deliver() == []
    assert "no such user" in Stopped.objects.get(person=world.awa).bounce.said
    assert world.awa.pk not in reachable([world.awa.pk, world.marc.pk])
    for address in ("/", "/account/attention/"):  # though nothing comes back where no address was given for it
        assert "Ce que nous avons envoyé à awa@" in sign_in(world.awa).get(address).content.decode(), address


def test_all_that_stands_apart_has_one_heading_in_a_digest(world, tell, deliver):
    for other in (world.marc, world.coumba):
        Conversation.objects.start(other, [world.awa]).say(other, f"Un mot de {other.name}.")
    publish("page", world.spaces["maison"], world.marc, "Le plan", f"Pour @{world.awa.handle}.")
    tell()
    with letters.in_the_way_of(world.awa):
        told = letters.digest(world.awa, list(Signal.objects.of(world.awa)), MORNING)
    apart, house = told.text.index("Participants seulement\n==="), told.text.index("Toute la maison\n===")
    assert told.text.count("Participants seulement") == told.html.count("Participants seulement") == 1
    for other in (world.marc, world.coumba):
        assert apart < told.text.index(f"Un mot de {other.name}") < house
