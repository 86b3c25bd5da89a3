"""Letters arrive whatever dies: what was said reaches whom it was said to, at most one again, under the same name."""

import re
import smtplib
import socket
import time
from collections import Counter
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from tests.mail.answers import imap
from tests.processes.serving import GIVE_UP, free_ports, serving
from tests.processes.test_live import comment, shell

pytestmark = pytest.mark.processes

ABSENT = """
from palabre.people.attention import Attention
from palabre.people.models import Person, Session
marc = Person.objects.get(handle="marc")
Session.objects.filter(person=marc).delete()
hours = {"interruptions": 500, "quiet_from": None, "quiet_until": None}
Attention.objects.update_or_create(person=marc, defaults=hours)
"""
LEFT = """
from palabre.signals.models import Signal
mine = Signal.objects.filter(person__handle="marc", verb="commented", reason="named")
print(mine.filter(carried="mail").count(), mine.count())
"""


class Letterbox:
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.messages = []

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"

    def texts(self) -> str:
        return "\n".join(each.get_body(("plain",)).get_content() for each in self.messages)


@pytest.fixture
def letterbox():
    kept = Letterbox()
    controller = Controller(kept, hostname="127.0.0.1", port=free_ports())
    controller.start()
    kept.port = controller.port
    yield kept
    controller.stop()


def test_letters_arrive_whatever_dies(made, letterbox):
    with serving(made, PALABRE_MAIL_HOST="127.0.0.1", PALABRE_MAIL_PORT=str(letterbox.port)) as palabre:
        scene = palabre.scene()
        shell(palabre, ABSENT)
        for number in range(12):
            item = scene["items"][number % len(scene["items"])]
            comment(palabre, scene | {"items": [item]}, f"@marc, relevé {number}.")
            if number in (3, 8):
                palabre.part("worker").kill()
        until = time.monotonic() + 2 * GIVE_UP
        while set(re.findall(r"relevé (\d+)", letterbox.texts())) != set(map(str, range(12))):
            assert time.monotonic() < until, (shell(palabre, LEFT), letterbox.texts())
            time.sleep(0.2)
        assert shell(palabre, LEFT).split() == ["12", "12"]
    written = Counter((each["Message-ID"], each["Subject"]) for each in letterbox.messages)
    assert len({name for name, _subject in written}) == len(written)
    told = [
        (each["Message-ID"], number)
        for each in letterbox.messages
        for number in re.findall(r"relevé (\d+)", each.get_body(("plain",)).get_content())
    ]
    assert len({number for _name, number in set(told)}) == len(set(told))


def test_answers_are_taken_while_it_is_served_where_settings_say_so_and_no_longer(made):
    port = free_ports()
    with imap.serving() as mailbox:
        host, its_port = mailbox.server_address
        mailbox.put(b"From: a@b.example\r\nTo: nobody@c.example\r\nSubject: x\r\n\r\nFirst.\r\n")
        settings = {
            "PALABRE_LMTP": f"127.0.0.1:{port}",
            "PALABRE_MAIL_REPLY": "reply@palabre.example",
            "PALABRE_IMAP_HOST": host,
            "PALABRE_IMAP_PORT": str(its_port),
            "PALABRE_IMAP_TLS": "0",
            "PALABRE_IMAP_USER": "awa",
            "PALABRE_IMAP_PASSWORD": "secret",
        }
        with serving(made, **settings) as palabre:
            greeted(palabre, port)
            awaited(palabre, lambda: len(mailbox.folders.get("Palabre", ())) == 1)
            palabre.part("mail").kill()
            greeted(palabre, port)
            mailbox.put(b"From: a@b.example\r\nTo: nobody@c.example\r\nSubject: y\r\n\r\nSecond.\r\n")
            awaited(palabre, lambda: len(mailbox.folders["Palabre"]) == 2)
            assert palabre.stop() == 0
            assert palabre.processes() == []
            assert "Traceback" not in "\n".join(palabre.lines)
    with socket.socket() as line:
        assert line.connect_ex(("127.0.0.1", port)) != 0, "it listens no more"


def test_where_no_setting_says_so_nothing_takes_mail(made):
    with serving(made) as palabre:
        palabre.part("worker")
        assert not [process for process in palabre.processes() if process.cmdline()[-1:] == ["mail"]]


def greeted(palabre, port):
    """Speaks with the listener, as a mail server does, as soon as it listens."""

    def answers():
        try:
            with smtplib.LMTP("127.0.0.1", port, timeout=GIVE_UP) as line:
                return line.ehlo()[0] == 250 and line.rset()[0] == 250
        except OSError:
            return False

    awaited(palabre, answers)


def awaited(palabre, done):
    until = time.monotonic() + 2 * GIVE_UP
    while not done():
        assert time.monotonic() < until, "\n".join(palabre.lines)
        time.sleep(0.1)
