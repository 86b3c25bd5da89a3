"""Answers fetched from a mailbox (IMAP): all that lies in its folder, one after the other, each once.

A message is taken, which commits, and then moved to the folder of those that were. Killed in between, it is found
again, known by its row, and moved. What is read or flagged by somebody looking in makes no difference.
"""

import imaplib
import logging
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import getaddresses
from threading import Event

from django.conf import settings
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from palabre.mail.answers import address, envelope, message
from palabre.mail.answers.models import Received
from palabre.mail.answers.receiving import AWAY, renew_connection, take, turn_away

SHELF = "Palabre"  # where messages lie that were taken
PATIENCE = 30  # seconds for an answer of the server
EVERY = 60  # seconds between looks at a server that does not call
CALLED = 25 * 60  # seconds: a server may hang up on who only listens for half an hour (RFC 2177)
PAUSE = 30  # seconds after a failure
TO = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To", "To", "Cc")
TROUBLES = (OSError, imaplib.IMAP4.error, ImapToolsError)

log = logging.getLogger("palabre.mail")


def run(stopped: Event) -> None:
    """Fetches until told to stop; the server and the database may come and go."""
    while not stopped.is_set():
        try:
            with entered() as box:
                while not stopped.is_set():
                    collect(box)
                    _wait(box, stopped)
        except TROUBLES as error:
            log.warning("The mailbox at %s: %s", settings.PALABRE_IMAP_HOST, str(error).strip() or type(error).__name__)
            stopped.wait(PAUSE)
        except AWAY as error:
            log.warning("The database does not answer: %s", str(error).strip())
            stopped.wait(PAUSE)


@contextmanager
def entered() -> Iterator[BaseMailBox]:
    """The mailbox, its folder open."""
    box = _connected()
    try:
        box.login(settings.PALABRE_IMAP_USER, settings.PALABRE_IMAP_PASSWORD, settings.PALABRE_IMAP_FOLDER)
        yield box
    finally:
        with suppress(*TROUBLES):
            box.logout()


def _connected() -> BaseMailBox:
    host, port = settings.PALABRE_IMAP_HOST, settings.PALABRE_IMAP_PORT
    if settings.PALABRE_IMAP_TLS == "0":
        return MailBoxUnencrypted(host, port, timeout=PATIENCE)
    context = ssl.create_default_context()  # without one, the certificate would not be looked at
    if settings.PALABRE_IMAP_TLS == "start":
        return MailBoxStartTls(host, port, timeout=PATIENCE, ssl_context=context)
    return MailBox(host, port, timeout=PATIENCE, ssl_context=context)


def collect(box: BaseMailBox, taken: Callable[[str], object] = lambda uid: None) -> int:
    """Takes all that lies in the folder; returns how many messages. `taken` is told of each before it is moved."""
    count = 0
    shelf = ""
    for uid in box.uids("ALL", charset=None):
        renew_connection()
        shelf = shelf or _shelf(box)
        _take(box, uid)
        taken(uid)
        box.move([uid], shelf)
        count += 1
    return count


def _take(box: BaseMailBox, uid: str) -> list[Received]:
    size = _size(box, uid)
    if size > settings.PALABRE_MAIL_SIZE:
        head = _fetched(box, uid, "BODY.PEEK[HEADER]")
        return [turn_away(head, to, "size") for to in _addressed(head)]
    data = _fetched(box, uid, "BODY.PEEK[]")
    return [take(data, to) for to in _addressed(data)]


def _addressed(data: bytes) -> list[str]:
    """The addresses of ours a message was sent to: those that answer something; else one that does not, or none."""
    parsed = message.parsed(data)
    named = [said for name in TO for said in envelope.fields(parsed, name)]
    ours = address.among(each for _name, each in getaddresses(named))
    return [each for each in ours if address.opened(each) or address.bounced(each)] or ours[:1] or [""]


def _size(box: BaseMailBox, uid: str) -> int:
    _status, answer = box.client.uid("FETCH", uid, "(RFC822.SIZE)")
    found = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(each for each in answer if isinstance(each, bytes)))
    return int(found[1]) if found else 0


def _fetched(box: BaseMailBox, uid: str, what: str) -> bytes:
    """The bytes of a message, or of its head, without marking it as read."""
    _status, answer = box.client.uid("FETCH", uid, f"({what})")
    return next((each[1] for each in answer if isinstance(each, tuple)), b"")


def _shelf(box: BaseMailBox) -> str:
    """The folder of what was taken, made when it is missing; some servers want all folders inside the inbox."""
    delimiter = next((folder.delim for folder in box.folder.list()), "/")
    within = f"INBOX{delimiter}{SHELF}"
    for name in (SHELF, within):
        if box.folder.exists(name):
            return name
    try:
        box.folder.create(SHELF)
    except ImapToolsError:
        box.folder.create(within)
        return within
    return SHELF


def _wait(box: BaseMailBox, stopped: Event) -> None:
    """Until the server calls, or for a minute where it does not know how to."""
    if "IDLE" not in box.client.capabilities:
        stopped.wait(EVERY)
        return
    with box.idle as idle:
        waited = 0
        while waited < CALLED and not stopped.is_set():
            if idle.poll(timeout=5):
                return
            waited += 5
