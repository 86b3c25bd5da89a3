"""The listener, spoken to over a real socket by the standard library's LMTP client."""

import asyncio
import smtplib
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import async_to_sync
from django.db import OperationalError

from palabre.mail.answers import address, lmtp
from palabre.mail.answers.address import bounce_address
from palabre.mail.answers.models import Received, Stopped
from palabre.talk.models import Comment
from tests.mail.answers.letters import mail, report

pytestmark = pytest.mark.django_db


@asynccontextmanager
async def listening(place):
    async with await lmtp.listen(place) as server:
        yield server.sockets[0].getsockname()


def spoken(scene, place="127.0.0.1:0"):
    """What `scene(client)` returns; the listener asks the database in the thread, and transaction, of the test."""

    async def both():
        async with listening(place) as where:

            def speak():
                host, port = where[:2] if isinstance(where, tuple) else (where, 0)
                with smtplib.LMTP(host, port, local_hostname="mx.ailleurs.example", timeout=20) as client:
                    client.ehlo_or_helo_if_needed()
                    return scene(client)

            return await asyncio.to_thread(speak)

    return async_to_sync(both)()


def brought(data, to, path="awa@teranga.example"):
    """The codes and words after RCPT and DATA; without DATA when the address was refused."""

    def scene(client):
        client.mail(path)
        code, said = client.rcpt(to)
        return [(code, said)] if code >= 400 else [(code, said), client.data(data)]

    return spoken(scene)


def test_a_mail_that_was_told_to_be_taken_is_there(world, thread):
    codes = brought(mail(world.awa, thread.to, "Par la porte."), thread.to)
    assert [code for code, _said in codes] == [250, 250]
    assert Comment.objects.latest("pk").body == "Par la porte."


def test_a_socket_of_the_machine_does_as_well(world, thread, tmp_path):
    place = tmp_path / "lmtp"
    place.write_text("left by who died")

    def scene(client):
        return client.sendmail("awa@teranga.example", [thread.to], mail(world.awa, thread.to))

    assert spoken(scene, f"unix:{place}") == {} and Comment.objects.filter(by=world.awa, item=thread.item).exists()


def test_an_address_that_answers_nothing_is_refused_at_the_door(world, thread):
    for to in ("reply@palabre.example", thread.to.replace("+", "+a"), "awa@teranga.example", "bounces@palabre.example"):
        [(code, said)] = brought(b"", to)
        assert code == 550 and b"answers nothing here" in said
    assert not Received.objects.exists()


def test_who_can_be_told_is_told_by_us_and_who_cannot_by_the_server_in_front(world, thread):
    assert brought(mail(world.marc, thread.to), thread.to)[1][0] == 250
    code, said = brought(mail(world.marc, thread.to, List_Id="<a.b>"), thread.to)[1]
    assert code == 550 and b"another e-mail address" in said


def test_a_report_of_failure_comes_without_a_return_path(world):
    codes = brought(report(), bounce_address(world.awa), path="")
    assert [code for code, _said in codes] == [250, 250]
    assert Stopped.objects.filter(person=world.awa).exists()


def test_while_the_database_is_away_the_mail_is_put_off_and_then_taken(world, thread, monkeypatch):
    data = mail(world.awa, thread.to)
    with monkeypatch.context() as away:
        away.setattr(lmtp, "renew_connection", lambda: (_ for _ in ()).throw(OperationalError("away")))
        assert brought(data, thread.to)[0][0] == 451
    assert brought(data, thread.to)[1][0] == 250


def test_what_is_too_large_is_refused_with_words(world, thread, settings):
    settings.PALABRE_MAIL_SIZE = 2_000
    code, said = brought(mail(world.awa, thread.to, "Un mot. " * 1_000), thread.to)[1]
    assert code == 552 and said


def test_lines_of_any_length_come_in(world, thread):
    data = mail(world.awa, thread.to, None, html="x").replace(b"\r\n\r\nx", b"\r\n\r\n<p>" + b"mot " * 3_000 + b"</p>")
    assert brought(data, thread.to)[1][0] == 250
    assert Comment.objects.latest("pk").body.startswith("mot mot")


def test_one_recipient_at_a_time(world, thread):
    def scene(client):
        client.mail("awa@teranga.example")
        return client.rcpt(thread.to)[0], client.rcpt(thread.to)[0], client.data(mail(world.awa, thread.to))[0]

    assert spoken(scene) == (250, 452, 250)


def test_brought_twice_it_is_taken_twice_and_said_once(world, thread):
    data = mail(world.awa, thread.to)
    assert brought(data, thread.to)[1][0] == brought(data, thread.to)[1][0] == 250
    assert Comment.objects.filter(by=world.awa, item=thread.item).count() == 1
    assert address.opened(thread.to).person == world.awa.pk
