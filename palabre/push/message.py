"""What a device shows of a signal: in its person's language, no more than their inbox says, and asked for again now."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from palabre.kit import given
from palabre.kit.navigation import MOST
from palabre.people.models import Person
from palabre.push.sealing import LARGEST
from palabre.push.subscription import written
from palabre.signals import lines
from palabre.signals.models import HOUSE, Entry, EntryQuerySet, Signal

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


def tag_of(entry: Entry) -> str:
    """The name under which the thing of an entry is shown."""
    return f"item-{entry.item_id}" if entry.item_id else f"space-{entry.space_id}" if entry.space_id else HOUSE


def waiting(person: Any, tags: Collection[str]) -> tuple[list[str], int]:
    """Which of the things of these names still wait, neither seen nor put away nor out of sight; and the number beside
    the inbox."""
    keys: dict[str, set[int]] = defaultdict(set)
    for tag in tags:
        kind, _dash, number = tag.partition("-")
        if (key := given.key(number)) is not None:
            keys[kind].add(key)
    about = Q(item__in=keys["item"]) | Q(item=None, space__in=keys["space"])
    if HOUSE in tags:
        about |= Q(item=None, space=None)
    mine = Entry.objects.of(person).waiting().unread()
    return sorted(map(tag_of, mine.filter(about).only("item_id", "space_id"))), _number(mine)


def _number(waiting: EntryQuerySet) -> int:
    return min(waiting.filter(loud=True).order_by()[: MOST + 1].count(), MOST + 1)


def of(person: Person, signals: Sequence[Signal]) -> Message | None:
    """The message of some signals about one thing, or None when their person has seen it, put it away, or may no longer
    read it. It says what the inbox says of it now.
    """
    last = max(signals, key=lambda signal: signal.event)
    thing: dict[str, Any] = {"item": last.item_id} if last.item_id else {"item": None, "space": last.space_id}
    mine = Entry.objects.of(person).waiting().unread()
    entry = mine.filter(**thing, seen__lt=last.event).select_related("item", "space").defer(*lines.LONG).first()
    if entry is None:
        return None
    with translation.override(person.language or settings.LANGUAGE_CODE):
        line = lines.drawn(person, [entry])[0]
        words = [str(each) for each in (*(told.sentence for told in line.told), line.reason) if each]
    return Message(
        _cut(line.title, TITLE),
        "\n".join(_cut(each, WORDS) for each in words),
        line.address,
        tag_of(entry),
        last.event,
        _number(mine),
    )


def trial(person: Any) -> Message:
    """What somebody sees who tries whether a device is told."""
    with translation.override(person.language or settings.LANGUAGE_CODE):
        words = _("This device will show you what is addressed to you.")
    return Message(settings.COMPANY, words, "/devices/", "trial", 0, 0)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
