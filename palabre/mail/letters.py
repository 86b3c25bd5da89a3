"""Letters: what signals say, as mail. A letter tells of one thing; a digest of all that waited, space by space.

Both come as HTML and as plain text, with the reason, every address, and the list they come from, which one press stops
(RFC 2919, RFC 2369, RFC 8058). A letter is known by its first signal, and stands in the thread of its thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr, parseaddr
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palabre.items.models import Item
from palabre.items.within import part_of
from palabre.journal.models import Event
from palabre.kit.policy import may
from palabre.mail import plain
from palabre.mail.answers.address import bounce_address, reply_address
from palabre.mail.lists import List, host
from palabre.people.models import Person
from palabre.signals.lines import Line, told_of
from palabre.signals.models import Signal
from palabre.talk.models import Comment

MOST = 40  # things in a digest; the others are counted, and wait in the inbox


@dataclass(frozen=True)
class Letter:
    """A message to one person, composed."""

    person: Person
    subject: str
    text: str
    html: str
    sender: str
    headers: dict[str, str]
    reply_to: str = ""

    def message(self) -> EmailMultiAlternatives:
        """As the mail server takes it; what comes back comes to an address that says whose it was."""
        ours = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        made = EmailMultiAlternatives(
            _on_one_line(self.subject),
            self.text,
            bounce_address(self.person) or ours,
            [str(self.person.email)],
            headers=self.headers | {"From": formataddr((_on_one_line(self.sender), ours))},
            reply_to=[self.reply_to] if self.reply_to else None,
        )
        made.attach_alternative(self.html, "text/html")
        return made


@contextmanager
def in_the_way_of(person: Person) -> Iterator[None]:
    """The language and the hours of a person."""
    with (
        translation.override(person.language or settings.LANGUAGE_CODE),
        timezone.override(ZoneInfo(person.time_zone)),
    ):
        yield


def of_thing(person: Person, signals: Sequence[Signal]) -> Letter | None:
    """What these signals say of one thing, each in a line of its own; None when it is there no more."""
    lines = told_of(person, signals, apart=True)
    if not lines:
        return None
    line, inner = lines[0], sorted(signals, key=lambda signal: signal.event)
    stopping = List.of(person, line.item, line.follow, line.space)
    reply = _reply_to(person, line.item, inner[-1])
    known = _known(stopping) | {"line": line, "answering": _answering(line.item) if line.item and reply else ""}
    name = f"item-{line.item.pk}" if line.item else f"space-{line.space.pk}" if line.space else "house"
    thread = f"<{name}@{host()}>"
    who = next((told.face for told in reversed(line.told) if told.face), None)
    return Letter(
        person,
        _subject(line),
        plain.letter(line, known),
        render_to_string("mail/letter.html", known),
        f"{who.name} ({settings.COMPANY})" if who else settings.COMPANY,
        _headers(stopping, f"<signal-{inner[0].event}-{person.pk}@{host()}>")
        | {"In-Reply-To": thread, "References": thread},
        reply,
    )


def digest(person: Person, signals: Sequence[Signal], moment: datetime) -> Letter | None:
    """All that waited until a moment; None when nothing of it is there any more."""
    lines = told_of(person, signals)
    if not lines:
        return None
    stopping = List.digest(person)
    together = [list(some) for _place, some in groupby(sorted(lines[:MOST], key=_place_of), key=_place_of)]
    spaces = [(some[0].space, some) for some in together]
    known = _known(stopping) | {"spaces": spaces, "further": max(0, len(lines) - MOST), "things": len(lines)}
    return Letter(
        person,
        _subject_of_all(lines),
        plain.digest(spaces, known),
        render_to_string("mail/digest.html", known),
        settings.COMPANY,
        _headers(stopping, f"<digest-{moment:%Y%m%d%H%M%S}-{person.pk}@{host()}>"),
    )


def _place_of(line: Line) -> tuple[int, str, int]:
    """What stands under one heading: what is about the house, all that stands in nameless spaces, each space."""
    if line.space is None:
        return 0, "", 0
    return (1, "", 0) if line.space.nameless else (2, line.space.name, line.space.pk)


def _subject(line: Line) -> str:
    """The thing, and where it stands; what is about a space or the house says what happened there."""
    if line.item:
        return f"{line.title} [{line.space.name}]" if line.space and line.space.name else line.title
    return f"{line.told[-1].sentence} [{line.title}]" if line.told else line.title


def _subject_of_all(lines: Sequence[Line]) -> str:
    further = len(lines) - 1
    if not further:
        return lines[0].title
    others = ngettext("%(title)s, and %(n)d other thing", "%(title)s, and %(n)d other things", further)
    return others % {"title": lines[0].title, "n": further}


def _on_one_line(said: str) -> str:
    """As the head of a letter bears it: one that breaks would refuse the whole letter, each time it is tried."""
    return " ".join(said.split())


def _known(stopping: List) -> dict[str, Any]:
    return {
        "company": settings.COMPANY,
        "house": settings.ADDRESS,
        "stop": stopping.address,
        "choose": f"{settings.ADDRESS}/account/attention/",
        "language": translation.get_language(),
    }


def _headers(stopping: List, name: str) -> dict[str, str]:
    return {
        "Message-ID": name,
        "List-Id": f"{settings.COMPANY} {stopping.identifier}",
        "List-Unsubscribe": f"<{stopping.address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Content-Language": str(translation.get_language()),
    }


def _answering(item: Item) -> str:
    """What becomes of an answer to the letter."""
    if item.kind_of.apart:
        return _("Your answer to this message is posted in the conversation.")
    return _("Your answer to this message is added as a comment.")


def _reply_to(person: Person, item: Item | None, newest: Signal) -> str:
    """Where an answer goes: below the comment, or the part of the thing, that the letter tells of, if it does; else
    below the thing itself."""
    event = Event.objects.filter(pk=newest.event).first()
    if item and event and (part := part_of(event)):
        item = Item.objects.visible_to(person).select_related("space").filter(pk=part[1]).first() or item
    if item is None or not may(person, "item.comment", item):
        return ""
    comment = Comment.objects.filter(pk=event.particulars.get("comment"), item=item).first() if event else None
    return reply_address(person, item, comment)
