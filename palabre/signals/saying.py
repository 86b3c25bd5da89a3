"""What happened, and why somebody hears of it, in words."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.utils.formats import localize
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from palabre.journal import concerning, verbs
from palabre.people.models import Person
from palabre.signals.models import Follow, Signal, Why

NAMED = 2  # people who did the same, by name; the others are counted


def sentence(verb: str, who: Sequence[Person], apart: bool = False) -> str:
    """What some people did, as it is told, also of a thing that stands `apart`; what came about by itself was nobody's
    doing."""
    return _sentence(verb, tuple(person.name for person in who[:NAMED]), len(who), apart, get_language())


@lru_cache(maxsize=2_000)
def _sentence(verb: str, named: tuple[str, ...], number: int, apart: bool, _language: str | None) -> str:
    meaning = verbs.get(verb)
    says = (apart and meaning.says_apart) or meaning.says
    return str(says % {"who": _names(named, number) or _("Somebody"), "n": number or 1})


def _names(some: tuple[str, ...], number: int) -> str:
    named = list(some)
    if further := number - len(named):
        others = ngettext("%(n)s other", "%(n)s others", further) % {"n": localize(further)}
        named.append(others)
    if len(named) < 2:
        return "".join(named)
    return _("%(some)s and %(last)s") % {"some": ", ".join(named[:-1]), "last": named[-1]}


def reason_of(signal: Signal, follow: Follow | None, people: Mapping[int, Person]) -> str:
    """Why its owner hears of it."""
    if part := concerning.known(signal.reason):
        by = people.get(signal.by_id or 0)
        return str(part.reason) % {"who": by.name if by else ""}
    if signal.reason == Why.ITEM and follow:
        return _("You follow it: %(because)s") % {"because": follow.get_because_display()}
    return str(Why(signal.reason).label) % {"name": str(follow.thing) if follow else ""}


def rank(reason: str) -> int:
    """Of several reasons the one with the lowest is told."""
    part = concerning.known(reason)
    return part.rank if part else 100
