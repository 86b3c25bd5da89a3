"""Who will read, in words: what stands above every text, on every publish button, before anything moves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palabre.kit.policy import may
from palabre.spaces import sight
from palabre.spaces.models import OUTSIDE, Audience, Space
from palabre.spaces.readership import Readership, counted, readers

WIDENING = [str(audience) for audience in Audience]


@dataclass(frozen=True)
class Choice:
    """A space one may write in, as the picker shows it."""

    space: Space
    readership: Readership

    @property
    def outside(self) -> bool:
        """Whether what is written there leaves the house: by the audience, or with a member who is not of it."""
        return self.space.audience in OUTSIDE or self.readership.outside > 0

    @property
    def who(self) -> str:
        return exactly(self.readership)

    @property
    def publish(self) -> str:
        return publish_for(self.space)


def writable(person: Any) -> list[Space]:
    """The spaces `person` may write in, from the narrowest audience to the widest."""
    spaces = [space for space in sight.of(person).spaces.values() if may(person, "space.write", space)]
    return sorted(spaces, key=lambda space: (WIDENING.index(space.audience), space.name))


def usual(spaces: Sequence[Space]) -> Space | None:
    """Where one writes unless one says so: the widest circle of the house, a newcomer's home; else the first."""
    return next((space for space in spaces if space.audience == Audience.COMPANY), next(iter(spaces), None))


def choices(person: Any) -> list[Choice]:
    """The spaces `person` may write in, each with who reads it."""
    spaces = writable(person)
    counts = counted(spaces)
    return [Choice(space, counts[space.pk]) for space in spaces]


def sides(choices: Iterable[Choice]) -> dict[str, list[Choice]]:
    """As the picker has them: what stays in the house, and what leaves it."""
    found: dict[str, list[Choice]] = {"inside": [], "outside": []}
    for each in choices:
        found["outside" if each.outside else "inside"].append(each)
    return found


def exactly(readership: Readership) -> str:
    """How many read, inside and outside."""
    if readership.everyone:
        return _("everyone, and search engines")
    inside = ngettext("%(count)s colleague", "%(count)s colleagues", readership.inside) % {"count": readership.inside}
    if not readership.outside:
        return inside
    outside = ngettext(
        "%(count)s person outside the house", "%(count)s people outside the house", readership.outside
    ) % {"count": readership.outside}
    return _("%(inside)s and %(outside)s") % {"inside": inside, "outside": outside}


def in_words(space: Space) -> str:
    """Who reads a space, by its audience alone."""
    return {
        Audience.TEAM: _("the members of this space only"),
        Audience.COMPANY: _("everyone in the house"),
        Audience.PARTNERS: _("the house and the partners named for this space"),
        Audience.CUSTOMERS: _("the house and its customers"),
        Audience.PUBLIC: _("everyone, and search engines"),
    }[Audience(space.audience)]


def publish_for(space: Space) -> str:
    """The publish button names its readers."""
    return {
        Audience.TEAM: _("Publish for %(space)s"),
        Audience.COMPANY: _("Publish for the house"),
        Audience.PARTNERS: _("Publish for partners"),
        Audience.CUSTOMERS: _("Publish for customers"),
        Audience.PUBLIC: _("Publish for everyone"),
    }[Audience(space.audience)] % {"space": space.name}


def some_cannot_open(space: Space, other: Space) -> bool:
    """Whether somebody who reads `space` does not read `other`."""
    if space.pk == other.pk or other.audience == Audience.PUBLIC:
        return False
    if space.audience == Audience.PUBLIC:
        return True
    return readers(space).exclude(pk__in=readers(other).values("pk")).exists()


def cannot_open(space: Space, targets: Iterable[Any]) -> list[Any]:
    """The items among `targets` that some reader of `space` cannot open."""
    answers: dict[int, bool] = {}
    found = []
    for item in targets:
        if item.space_id not in answers:
            answers[item.space_id] = some_cannot_open(space, item.space)
        if answers[item.space_id]:
            found.append(item)
    return found
