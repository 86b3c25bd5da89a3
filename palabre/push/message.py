"""What a device shows of a signal: in its person's language, no more than their inbox says, and asked for again now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from palabre.kit.navigation import MOST
from palabre.people.models import Person
from palabre.push.sealing import LARGEST
from palabre.push.subscription import written
from palabre.signals import inbox
from palabre.signals.models import Entry, Signal

TITLE, WORDS = 120, 300  # characters that are shown at most


@dataclass(frozen=True)
class Message:
    """`tag` names the thing it is about: what comes later about the same takes its place, on the way and on the screen.

    `event`, the newest it tells of, sets apart what was shown already. `count` is the number beside the inbox.
    """

    title: str
    words: str
    address: str
    tag: str
    event: int
    count: int

    def text(self) -> bytes:
        """As the service worker reads it: JSON that fits into one message."""
        words = self.words
        while True:
            said = json.dumps(vars(self) | {"words": words}, ensure_ascii=False, separators=(",", ":")).encode()
            if len(said) <= LARGEST or not words:
                return said
            words = words[: len(words) * 3 // 4]

    @property
    def topic(self) -> str:
        """The header `Topic`: at most 32 characters of base64url (RFC 8030, section 5.4), which say nothing."""
        digest = hashlib.blake2b(self.tag.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=24).digest()
        return written(digest)


def of(person: Person, signals: Sequence[Signal]) -> Message | None:
    """The message of some signals about one thing, or None when their person has seen it, put it away, or may no longer
    read it. It says what the inbox says of it now.
    """
    last = max(signals, key=lambda signal: signal.event)
    thing: dict[str, Any] = {"item": last.item_id} if last.item_id else {"item": None, "space": last.space_id}
    waiting = Entry.objects.of(person).waiting().unread()
    entry = waiting.filter(**thing, seen__lt=last.event).select_related("item", "space").defer(*inbox.LONG).first()
    if entry is None:
        return None
    with translation.override(person.language or settings.LANGUAGE_CODE):
        line = inbox.drawn(person, [entry])[0]
        words = [str(each) for each in (*(told.sentence for told in line.told), line.reason) if each]
    return Message(
        _cut(line.title, TITLE),
        "\n".join(_cut(each, WORDS) for each in words),
        line.address,
        f"item-{entry.item_id}" if entry.item_id else f"space-{entry.space_id}" if entry.space_id else "house",
        last.event,
        min(waiting.filter(loud=True).order_by()[: MOST + 1].count(), MOST + 1),
    )


def trial(person: Any) -> Message:
    """What somebody sees who tries whether a device is told."""
    with translation.override(person.language or settings.LANGUAGE_CODE):
        words = _("This device will be told what is addressed to you.")
    return Message(settings.COMPANY, words, "/devices/", "trial", 0, 0)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
