"""Saying politely that an answer was not taken, why, and what can be done; without ever answering a machine.

What was written is sent back with it, for mail programs do not all keep what they send. The answer has no return path
and says that a machine wrote it (RFC 3834), so that nothing comes back; somebody who writes on and on is told a few
times an hour, no more.
"""

import json
from datetime import timedelta
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from palabre.authoring.language import guess
from palabre.items.models import Item
from palabre.kit.clock import now
from palabre.mail.answers import address
from palabre.mail.answers.envelope import Envelope
from palabre.mail.answers.models import REASONS, Received
from palabre.mail.answers.tasks import say
from palabre.mail.plain import wrapped
from palabre.people.mail import COLUMNS
from palabre.people.models import Person
from palabre.people.sealing import seal
from palabre.talk.models import Comment

AT_MOST, WITHIN = 5, timedelta(hours=1)
LONGEST_QUOTED = 30_000  # characters


def tell(
    envelope: Envelope, person: Person | None, reason: str, text: str, item: Item | None, *, is_forged: bool
) -> bool:
    """Answers a message that was refused; returns whether it could be.

    Anybody may write to an address that answers nothing, and in anybody's name: then only people of the house hear
    of it, for whom it matters that somebody used their address.
    """
    known = Person.objects.with_account().filter(email__iexact=envelope.sender).first() if envelope.sender else None
    if known is None and (reason == "address" or is_forged):
        return False
    context = {
        "reason": REASONS[reason],
        "subject": envelope.subject,
        "text": text[:LONGEST_QUOTED],
        "place": item.get_absolute_url() if item and person and known == person else "/",
    }
    return _send("refused", envelope, known, text, context)


def tell_of_files(envelope: Envelope, person: Person, lost: list[tuple[str, Any]], comment: Comment) -> bool:
    """The words are there; some of what was attached is not."""
    context = {"lost": lost, "place": comment.get_absolute_url(), "subject": envelope.subject}
    return _send("files_refused", envelope, person, comment.body, context)


def _send(template: str, envelope: Envelope, person: Person | None, text: str, context: dict[str, Any]) -> bool:
    if not envelope.may_be_answered or address.is_ours(envelope.sender) or _has_heard_enough(envelope.sender):
        return False
    with translation.override(_language(envelope, person, text)):
        said = render_to_string(
            f"mail/answers/{template}.txt",
            context
            | {
                "company": settings.COMPANY,
                "address": f"{settings.ADDRESS}{context['place']}",
                "quoted": _quoted(context.get("text", "")),
            },
        )
    subject, _, body = said.strip().partition("\n")
    headers = {
        "Message-ID": make_msgid(domain=address.domain()),
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "All",
    }
    if envelope.message_id:
        headers["In-Reply-To"] = envelope.message_id
        headers["References"] = f"{envelope.references} {envelope.message_id}".strip()
    letter = {"subject": subject.strip(), "body": _wrapped(body), "to": [envelope.sender], "headers": headers}
    say.defer(sealed=seal(json.dumps(letter), "mail"))
    return True


def _has_heard_enough(sender: str) -> bool:
    """A few answers an hour for one address: a program that answers answers is soon left alone."""
    return Received.objects.filter(sender=sender, answered=True, at__gt=now() - WITHIN).count() >= AT_MOST


def _language(envelope: Envelope, person: Person | None, text: str) -> str:
    """Theirs; else that of what they wrote, else what their program says."""
    known = {code for code, _name in settings.LANGUAGES}
    said = [person.language if person else "", guess(text, "") if text else "", envelope.language]
    return next((each for each in said if each in known), settings.LANGUAGE_CODE)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _wrapped(body: str) -> str:
    """Lines of 76 columns at most, those of what is quoted too; an address is never broken."""
    lines = []
    for line in body.strip().splitlines():
        mark = "> " if line.startswith(">") else ""
        lines += [line] if len(line) <= COLUMNS else wrapped(line.removeprefix(mark), mark).splitlines()
    return "\n".join(lines) + "\n"
