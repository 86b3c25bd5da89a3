"""Lists: what a letter comes from, and the one address at which it can be stopped, signed in or not.

A letter about a thing comes from what one follows (a space, a tag, a person, a search) or, where somebody stands in a
role, from the thing itself, be it a space; what is a matter of the house is of the letters at once, and a digest is a
list of its own. The address is short, for plain text has 76 columns, and holds a signature of 80 bits: it
opens this list of this person and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from palabre.items.models import Item
from palabre.mail.models import Choice, Rhythm
from palabre.people.models import Person
from palabre.signals.models import ITSELF, Follow, Level
from palabre.spaces.models import Space

KINDS = {"i": "item", "f": "follow", "s": "space", "o": "once", "d": "digest"}
TOKEN = re.compile(r"([0-9]{1,18})-([ifsod])([0-9]{1,18})-([a-z2-7]{16})")


def host() -> str:
    """The name of this house in the identifiers of its mail."""
    return urlsplit(settings.ADDRESS).hostname or "localhost"


@dataclass(frozen=True)
class List:
    """One list of one person: a kind (a letter of `KINDS`) and the key of what it is about."""

    person: int
    kind: str
    key: int

    @classmethod
    def of(cls, person: Any, item: Item | None, follow: Follow | None, space: Space | None = None) -> List:
        """The list that a letter about a thing comes from."""
        if follow and (not follow.item_id or item is None):
            return cls(person.pk, "f", follow.pk)
        if item:
            return cls(person.pk, "i", item.pk)
        return cls(person.pk, "s", space.pk) if space else cls(person.pk, "o", person.pk)

    @classmethod
    def digest(cls, person: Any) -> List:
        return cls(person.pk, "d", person.pk)

    @classmethod
    def opened(cls, token: str) -> List | None:
        """The list that an address names; None for one that this house has not signed."""
        found = TOKEN.fullmatch(token)
        if not found:
            return None
        person, kind, key, _seal = found.groups()
        named = cls(int(person), kind, int(key))
        return named if hmac.compare_digest(named.token, token) else None

    @property
    def token(self) -> str:
        said = f"{self.person}-{self.kind}{self.key}"
        key = hashlib.sha256(f"palabre.mail.lists{settings.SECRET_KEY}".encode()).digest()
        seal = base64.b32encode(hmac.digest(key, said.encode(), "sha256")[:10]).decode().lower()
        return f"{said}-{seal}"

    @property
    def address(self) -> str:
        """Where it can be stopped."""
        return f"{settings.ADDRESS}/mail/stop/{self.token}/"

    @property
    def identifier(self) -> str:
        """As `List-Id` has it (RFC 2919); the same for all whom such a list reaches, but for what one follows."""
        return f"<{KINDS[self.kind]}-{self.key}.{host()}>"

    def name(self) -> str | None:
        """What it is about, in words, as its person may know it; None when it is there no more."""
        person = Person.objects.with_account().filter(pk=self.person).first()
        if person is None:
            return None
        if self.kind == "d":
            return _("your digest")
        if self.kind == "o":
            return _("letters at once")
        if self.kind == "f":
            follow = Follow.objects.visible_to(person).filter(pk=self.key).first()
            return str(follow.thing) if follow else None
        if self.kind == "s":
            space = self._space(person)
            return space.name if space else None
        found = Item.objects.visible_to(person, apart=True).filter(pk=self.key).first()
        return found.kind_of.title_of(found, person) if found else None

    def _space(self, person: Person) -> Space | None:
        """That space, if its person knows of it."""
        known = (Space.objects.visible_to(person), Space.objects.askable_by(person))
        return next((space for spaces in known if (space := spaces.filter(pk=self.key).first())), None)

    def stop(self) -> None:
        """Nothing of it is written any more; each way back stands where one follows things, or in one's account."""
        person = Person.objects.filter(pk=self.person).first()
        if person is None:
            return
        if self.kind in "do":
            choice = Choice.of(person)
            if self.kind == "d":
                choice.digest = Rhythm.NEVER
            else:
                choice.at_once = False
            choice.plan()
        elif self.kind == "f":
            if follow := Follow.objects.filter(pk=self.key, person=person).first():
                Follow.objects.set(person, Level.MUTED, **{follow.of: follow.thing}, kind=follow.kind)
        elif self.kind == "s":
            if space := self._space(person):
                Follow.objects.set(person, Level.MUTED, space=space, kind=ITSELF)
        elif item := Item.objects.visible_to(person, apart=True).filter(pk=self.key).first():
            Follow.objects.set(person, Level.MUTED, item=item)
