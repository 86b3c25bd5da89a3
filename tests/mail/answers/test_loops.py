"""Machines are never answered, nobody is answered without end, and letters that come back stop the mail."""

import pytest
from django.core import mail as outgoing

from palabre.journal.models import Event
from palabre.mail.answers import bounces
from palabre.mail.answers.address import bounce_address, reply_address
from palabre.mail.answers.models import Bounce, Outcome, Received, Stopped
from palabre.mail.answers.receiving import take
from palabre.mail.answers.refusal import AT_MOST
from palabre.talk.models import Comment
from tests.mail.answers.letters import mail, report

pytestmark = pytest.mark.django_db

MACHINES = [
    {"Auto_Submitted": "auto-replied"},
    {"Auto_Submitted": "auto-generated; x=y"},
    {"Precedence": "bulk"},
    {"Precedence": "Auto_Reply"},
    {"X_Autoreply": "yes"},
    {"Return_Path": "<>"},
    {"subject": "Réponse automatique : Le plan"},
    {"subject": "Automatic reply: Le plan"},
    {"subject": "Absence du bureau"},
]
SILENT = [{"List_Id": "<a.b>"}, {"X_Auto_Response_Suppress": "All"}, {"List_Unsubscribe": "<mailto:x@y.example>"}]


@pytest.mark.parametrize("fields", MACHINES, ids=str)
def test_what_a_machine_wrote_is_set_aside_where_it_can_be_seen(world, thread, fields, told):
    row = take(mail(world.awa, thread.to, **fields), thread.to)
    assert (row.outcome, row.reason, row.answered) == (Outcome.DROPPED, "automatic", False)
    assert told() == [] and Comment.objects.filter(item=thread.item).count() == 1
    assert row in Received.objects.unwelcome()


@pytest.mark.parametrize("fields", SILENT, ids=str)
def test_who_asks_for_no_answer_gets_none_and_is_heard_all_the_same(world, thread, fields, told):
    assert take(mail(world.awa, thread.to, **fields), thread.to).outcome == Outcome.TAKEN
    row = take(mail(world.marc, thread.to, **fields), thread.to)
    assert (row.outcome, row.reason, row.answered) == (Outcome.REFUSED, "sender", False)
    assert told() == []


def test_an_empty_return_path_that_the_server_tells_is_a_machine(world, thread):
    assert take(mail(world.awa, thread.to), thread.to, path="").reason == "automatic"
    assert take(mail(world.awa, thread.to), thread.to, path="awa@teranga.example").outcome == Outcome.TAKEN


def test_an_answer_of_ours_says_that_it_is_one(world, thread, told, settings):
    settings.EMAIL_HOST = "mail.example"
    world.marc.language = "fr"
    world.marc.save()
    data = mail(world.marc, thread.to, "Ce que j'ai écrit.", Message_ID="<seul@ailleurs.example>")
    assert take(data, thread.to).answered
    [said] = told()
    message = said.message()
    assert said.to == [world.marc.email] and "n’a pas été publiée" in said.subject
    assert message["Auto-Submitted"] == "auto-replied" and message["In-Reply-To"] == "<seul@ailleurs.example>"
    assert "> Ce que j'ai écrit." in said.body
    again = take(message.as_bytes(), thread.to)
    assert (again.outcome, again.answered) == (Outcome.DROPPED, False), "two houses would write to each other for ever"


def test_each_is_told_in_their_own_language(world, thread, told):
    world.marc.language = "en"
    world.marc.save()
    take(mail(world.marc, thread.to), thread.to)
    take(mail("quelquun@ailleurs.example", thread.to, "Bonjour, je voudrais savoir quand la fibre arrive."), thread.to)
    take(mail("someone@ailleurs.example", thread.to, "Hello, I would like to know when you will come."), thread.to)
    assert [said.subject.split()[0] for said in told()] == ["Your", "Votre", "Your"]


def test_nobody_is_answered_without_end(world, thread, told):
    rows = [take(mail(world.marc, thread.to), thread.to) for _ in range(AT_MOST + 2)]
    assert [row.answered for row in rows] == [True] * AT_MOST + [False] * 2
    assert len(told()) == AT_MOST


def test_a_stranger_who_knows_no_address_is_not_written_to(world, thread, told):
    wrong = "reply+aaaaaaaaaaaaaaaaaaaaaaaa@palabre.example"
    assert not take(mail("victim@ailleurs.example", wrong), wrong).answered
    assert take(mail(world.awa, wrong, "Mes mots."), wrong).answered
    assert "Mes mots." in told()[-1].body


def test_who_did_not_write_it_is_not_written_to(world, thread, told, settings):
    settings.PALABRE_MAIL_AUTHSERV = ["mx.palabre.example"]
    forged = b"Authentication-Results: mx.palabre.example; dmarc=fail header.from=x\r\n"
    assert not take(forged + mail("victim@ailleurs.example", thread.to), thread.to).answered
    assert take(forged + mail(world.awa, thread.to), thread.to).answered, "a person of the house learns of it"


def test_our_own_addresses_are_never_answered(world, thread, told):
    other = reply_address(world.marc, thread.item)
    assert not take(mail(other, thread.to), thread.to).answered and told() == []


def test_a_final_failure_stops_the_mail_and_the_person_can_say_that_it_works(world, sign_in, settings):
    path = bounce_address(world.awa)
    assert bounces.stopped([world.awa.pk]) == set()
    row = take(report(), path, path="")
    assert row.outcome == Outcome.BOUNCE and bounces.stopped([world.awa.pk, world.marc.pk]) == {world.awa.pk}
    assert Event.objects.filter(verb="mail_stopped", person=world.awa.pk).count() == 1
    take(report(), path, path="")
    assert Event.objects.filter(verb="mail_stopped").count() == 1
    reader = sign_in(world.awa)
    home = reader.get("/").content.decode()
    assert "/mail/stopped/" in home and "/mail/stopped/" not in sign_in(world.marc).get("/").content.decode()
    assert "550 5.1.1 User unknown" in reader.get("/mail/stopped/").content.decode()
    assert reader.post("/mail/stopped/").status_code == 302
    assert bounces.stopped([world.awa.pk]) == set() and "/mail/stopped/" not in reader.get("/").content.decode()
    assert Event.objects.get(verb="mail_resumed").by == world.awa.pk


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("failed", "4.4.7"), ("delayed", "")])
def test_what_may_pass_is_counted_and_stops_nothing(world, action, status):
    take(report(action, status, "smtp; 421 later"), bounce_address(world.awa), path="")
    assert not Bounce.objects.get().permanent and not Stopped.objects.exists()


@pytest.mark.parametrize(("action", "status"), [("delivered", "2.0.0"), ("relayed", "2.1.5"), ("expanded", "2.0.0")])
def test_good_news_is_none(world, action, status):
    assert take(report(action, status), bounce_address(world.awa), path="").outcome == Outcome.DROPPED
    assert not Bounce.objects.exists()


def test_an_absence_notice_to_the_return_path_stops_nothing(world):
    path = bounce_address(world.awa)
    assert take(mail(world.awa, path, Auto_Submitted="auto-replied"), path).outcome == Outcome.DROPPED
    assert not Stopped.objects.exists()


def test_a_report_to_an_address_that_answers_says_nothing_in_the_thread(world, thread):
    assert take(report(), thread.to, path="").outcome == Outcome.DROPPED


def test_refusals_are_shown_to_administrators_alone(world, thread, sign_in):
    take(mail("quelquun@ailleurs.example", thread.to, "Un secret", subject="Tout secret"), thread.to)
    page = sign_in(world.tom).get("/mail/refused/").content.decode()
    assert "quelquun@ailleurs.example" in page and "ecret" not in page
    assert sign_in(world.awa).get("/mail/refused/").status_code == 403


def test_the_doctor_names_what_was_refused_and_what_is_missing(world, thread, settings):
    from palabre.mail.answers.checkup import answers

    take(mail("quelquun@ailleurs.example", thread.to), thread.to)
    said = " ".join(finding.sentence for finding in answers())
    assert "quelquun@ailleurs.example" in said and "PALABRE_LMTP or PALABRE_IMAP_HOST" in said
    settings.PALABRE_MAIL_REPLY = ""
    settings.PALABRE_LMTP = "127.0.0.1:8024"
    assert [finding.state for finding in answers()] == ["bad"]


def test_what_is_told_leaves_with_an_empty_return_path(world, thread, settings):
    """To a real SMTP server on loopback: mail programs of others see no address to complain to."""
    import asyncio
    from threading import Thread

    from aiosmtpd.smtp import SMTP

    from palabre.mail.answers.tasks import say

    take(mail(world.marc, thread.to, "Mes mots."), thread.to)
    from procrastinate.contrib.django.models import ProcrastinateJob

    job = ProcrastinateJob.objects.get(task_name="mail.answers.say")
    came = []

    class Handler:
        async def handle_MAIL(self, server, session, envelope, path, options):
            came.append(path)
            envelope.mail_from = path or "<>"
            return "250 OK"

        async def handle_DATA(self, server, session, envelope):
            came.append(envelope.content)
            return "250 OK"

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(
        loop.create_server(lambda: SMTP(Handler(), loop=loop, hostname="x"), "127.0.0.1", 0)
    )
    running = Thread(target=loop.run_forever)
    running.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.sockets[0].getsockname()
        say(**job.args)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        running.join()
        server.close()
        loop.close()
    assert came[0] in ("", None, "<>") and b"Auto-Submitted: auto-replied" in came[1]
    assert outgoing.outbox == []
