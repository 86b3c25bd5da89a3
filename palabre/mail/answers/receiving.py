"""A message is taken or refused: once, in one transaction with the comment it becomes.

Whoever brings it (`lmtp`, `mailbox`) may bring it again until it is told that it was taken: the row of the message
is what makes the second time nothing. Rights are asked now, of the person for whom the address was made.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.utils.translation import gettext_lazy as _

from palabre.authoring.files.keeping import Unwelcome, attach
from palabre.items.models import Item
from palabre.kit.policy import may
from palabre.mail.answers import address, authenticity, bounces, envelope, message, refusal, wording
from palabre.mail.answers.envelope import Envelope
from palabre.mail.answers.message import Unreadable
from palabre.mail.answers.models import Outcome, Received
from palabre.people.models import Person
from palabre.talk.models import LONGEST_TEXT, Comment

THROUGH = "mail"
MOST_FILES = 20
TOO_MANY = _("There are more files than one answer may bring; add the others on the page.")

# What passes: the database is away, the disk is full. The message is brought again.
AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, OSError)

log = logging.getLogger("palabre.mail")


class Refused(Exception):
    """Not taken. `reason` is a key of `models.REASONS`; `text` what was written, as far as it could be read."""

    def __init__(self, reason: str, text: str = "", item: Item | None = None) -> None:
        super().__init__(reason)
        self.reason, self.text, self.item = reason, text, item


@dataclass(frozen=True)
class Mail:
    """One message at one address of ours."""

    parsed: EmailMessage
    envelope: Envelope
    to: str
    digest: str
    person: Person | None
    thread: address.Thread | None


def take(data: bytes, to: str, path: str | None = None) -> Received:
    """What became of a message to one address: its row, committed unless a transaction is around this.

    `path` is its return path, where the server said it. Raises one of AWAY: then nothing has happened, and the message
    is to be brought again.
    """
    parsed = message.parsed(data)
    return _once(_opened(parsed, to, path, hashlib.sha256(data).hexdigest()), _judged)


def renew_connection() -> None:
    """Lets go of a connection to the database that has died meanwhile; inside a transaction there is none to spare."""
    if not connection.in_atomic_block:
        close_old_connections()


def turn_away(head: bytes, to: str, reason: str) -> Received:
    """A message of which only the head was fetched, for a reason that needs no more."""

    def refused(_mail: Mail) -> Any:
        raise Refused(reason)

    return _once(_opened(message.parsed(head), to, None, hashlib.sha256(head).hexdigest()), refused)


def _opened(parsed: EmailMessage, to: str, path: str | None, content: str) -> Mail:
    to = to.strip().casefold()
    head = envelope.read(parsed, path)
    thread = address.opened(to)
    person = Person.objects.filter(pk=thread.person).first() if thread else address.bounced(to)
    name = head.message_id or content
    digest = hashlib.sha256("\0".join((name, head.sender, to)).encode("utf-8", "replace")).hexdigest()
    return Mail(parsed, head, to, digest, person, thread)


def _once(mail: Mail, judge: Callable[[Mail], Any]) -> Received:
    """The row of the message: written now with all that follows from it, or there already."""
    try:
        return _kept(mail, judge)
    except AWAY:
        raise
    except Exception:
        # Whatever stands in it, it must not come back for ever: its sender is told, and the operator sees it.
        log.exception("A message could not be handled")

        def failed(_mail: Mail) -> Any:
            raise Refused("failure")

        return _kept(mail, failed)


@transaction.atomic
def _kept(mail: Mail, judge: Callable[[Mail], Any]) -> Received:
    row, fresh = Received.objects.get_or_create(
        digest=mail.digest,
        defaults={
            "message_id": mail.envelope.message_id,
            "sender": mail.envelope.sender,
            "person": mail.person,
            "outcome": Outcome.TAKEN,
        },
    )
    if not fresh:
        return row
    try:
        with transaction.atomic():
            row.outcome, row.reason, row.comment = judge(mail)
    except Refused as refused:
        row.outcome, row.reason = Outcome.REFUSED, refused.reason
        forged = authenticity.has_failed(mail.parsed)
        row.answered = refusal.tell(
            mail.envelope, mail.person, refused.reason, refused.text, refused.item, is_forged=forged
        )
    row.save()
    return row


def _judged(mail: Mail) -> tuple[str, str, Comment | None]:
    """Outcome, reason and comment. Raises Refused."""
    if mail.thread is None and mail.person is not None:
        bounce = bounces.heed(mail.parsed, mail.person)
        return (Outcome.BOUNCE, "", None) if bounce else (Outcome.DROPPED, "automatic", None)
    if mail.envelope.is_automatic:
        return Outcome.DROPPED, "automatic", None
    return Outcome.TAKEN, "", _said(mail)


def _said(mail: Mail) -> Comment:
    """The comment that the message becomes, with its files. Raises Refused."""
    person, thread = mail.person, mail.thread
    if person is None or thread is None:
        raise Refused("address", _read_if_possible(mail))
    if not person.has_account or person.is_bot:
        raise Refused("account", _read_if_possible(mail))
    item = Item.objects.visible_to(person, apart=True).select_related("space").filter(pk=thread.item).first()
    if mail.envelope.sender != (person.email or "").casefold():
        raise Refused("sender", _read_if_possible(mail))
    if authenticity.has_failed(mail.parsed):
        raise Refused("dmarc", _read_if_possible(mail), item)
    try:
        answer = _answer(mail)
    except Unreadable as unreadable:
        raise Refused(unreadable.reason, "", item) from unreadable
    if item is None:
        raise Refused("gone", answer.text)
    if not may(person, "item.comment", item):
        raise Refused("rights", answer.text, item)
    if not answer.text and not answer.attachments:
        raise Refused("empty", "", item)
    if len(answer.text) > LONGEST_TEXT - 4_000:  # what files add is not the writer's
        raise Refused("long", answer.text, item)
    body, lost = _with_files(item, person, answer)
    if not body:
        raise Refused("unreadable", answer.text, item)
    parent = Comment.objects.standing().filter(pk=thread.comment, item=item).first() if thread.comment else None
    comment = Comment.say(item, person, body, parent=parent, through=THROUGH)
    if lost:
        refusal.tell_of_files(mail.envelope, person, lost, comment)
    return comment


def _answer(mail: Mail) -> wording.Answer:
    content = message.read(mail.parsed)
    names = [mail.envelope.name, mail.envelope.sender, mail.person.name if mail.person else ""]
    return wording.worded(content, *names)


def _read_if_possible(mail: Mail) -> str:
    try:
        return _answer(mail).text
    except Unreadable:
        return ""


def _with_files(item: Item, person: Person, answer: wording.Answer) -> tuple[str, list[tuple[str, Any]]]:
    """The text with its files in it or below it, and what was not kept: names and why."""
    text, below, lost = answer.text, [], []
    for each in answer.attachments[:MOST_FILES]:
        place = f"![](<cid:{each.cid}>)"
        try:
            file = attach(item, person, each.name, [each.data])
        except Unwelcome as unwelcome:
            lost.append((each.name, unwelcome.sentence))
            text = text.replace(place, "")
            continue
        if each.cid and place in text:
            text = text.replace(place, file.markdown)
        else:
            below.append(file.markdown)
    lost += [(each.name, TOO_MANY) for each in answer.attachments[MOST_FILES:]]
    pictures = [each for each in below if each.startswith("!")]
    listed = "\n".join(f"- {each}" for each in below if not each.startswith("!"))
    return "\n\n".join(filter(None, [text.strip(), *pictures, listed])), lost
