"""A mailbox is emptied into comments, each message once, whatever is killed in between."""

import threading

import pytest
from imap_tools.errors import MailboxLoginError

from palabre.mail.answers import mailbox
from palabre.mail.answers.address import bounce_address, reply_address
from palabre.mail.answers.models import Outcome, Received, Stopped
from palabre.talk.models import Comment
from tests.mail.answers import imap
from tests.mail.answers.letters import mail, report

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    pass


@pytest.fixture(params=["IMAP4rev1 MOVE IDLE", "IMAP4rev1"], ids=["moves", "copies"])
def server(request, settings):
    with imap.serving(capabilities=request.param) as server:
        settings.PALABRE_IMAP_HOST, settings.PALABRE_IMAP_PORT = server.server_address
        settings.PALABRE_IMAP_TLS, settings.PALABRE_IMAP_FOLDER = "0", "INBOX"
        settings.PALABRE_IMAP_USER, settings.PALABRE_IMAP_PASSWORD = "awa", "secret"
        yield server


def collected(**options):
    with mailbox.entered() as box:
        return mailbox.collect(box, **options)


def test_all_that_lies_there_is_taken_and_moved(world, thread, server):
    for number in range(3):
        server.put(mail(world.awa, thread.to, f"Le {number}."))
    assert collected() == 3 and collected() == 0
    assert not server.folders["INBOX"] and len(server.folders["Palabre"]) == 3
    said = Comment.objects.filter(by=world.awa, item=thread.item).order_by("pk")
    assert [comment.body for comment in said] == ["Le 0.", "Le 1.", "Le 2."]


def test_killed_between_the_commit_and_the_move_nothing_is_said_twice(world, thread, server):
    def killed(_uid):
        raise Killed

    server.put(mail(world.awa, thread.to))
    with pytest.raises(Killed):
        collected(taken=killed)
    assert len(server.folders["INBOX"]) == Received.objects.count() == 1
    assert collected() == 1 and not server.folders["INBOX"]
    assert Comment.objects.filter(by=world.awa, item=thread.item).count() == 1


def test_a_server_that_wants_folders_inside_the_inbox_has_them_there(world, thread, server):
    server.forbidden = {"Palabre"}
    server.put(mail(world.awa, thread.to))
    assert collected() == 1 and len(server.folders["INBOX/Palabre"]) == 1


def test_what_is_too_large_is_not_fetched_and_its_sender_is_told(world, thread, server, settings, told):
    settings.PALABRE_MAIL_SIZE = 5_000
    server.put(mail(world.awa, thread.to, "Un mot. " * 1_000))
    assert collected() == 1
    row = Received.objects.get()
    assert (row.outcome, row.reason, row.answered) == (Outcome.REFUSED, "size", True)
    assert told()[-1].to == [world.awa.email]


def test_the_address_is_found_where_servers_write_it(world, thread, server):
    server.put(f"Delivered-To: {thread.to}\r\n".encode() + mail(world.awa, "equipe@teranga.example", "Un."))
    server.put(mail(world.awa, f"Palabre <reply@palabre.example>, <{thread.to.upper()}>", "Deux."))
    server.put(f"Delivered-To: {bounce_address(world.awa)}\r\n".encode() + report())
    server.put(mail("quelquun@ailleurs.example", "reply@palabre.example", "Bonjour"))
    assert collected() == 4
    assert Comment.objects.filter(by=world.awa, item=thread.item).count() == 2 and Stopped.objects.exists()
    assert Received.objects.latest("pk").reason == "address"


def test_one_mail_to_two_threads_is_said_in_both(world, thread, server):
    other = reply_address(world.awa, thread.item)
    server.put(mail(world.awa, f"{thread.to}, {other}"))
    collected()
    assert Comment.objects.filter(by=world.awa, item=thread.item).count() == 2


def test_a_wrong_password_is_said(server, settings):
    settings.PALABRE_IMAP_PASSWORD = "false"
    with pytest.raises(MailboxLoginError):
        collected()


def test_who_waits_is_called_when_something_arrives(world, thread, server):
    if "IDLE" not in server.capabilities:
        pytest.skip("this one does not call")
    stopped = threading.Event()
    with mailbox.entered() as box:
        threading.Timer(0.2, server.put, [mail(world.awa, thread.to)]).start()
        mailbox._wait(box, stopped)
        assert mailbox.collect(box) == 1
