"""Whom events concern: the roles that verbs name (`Verb.concerns`), and who stands in them.

A room that knows of a role registers it: items know the author, talk knows who is answered. Whoever tells people of
events asks here, and needs to know neither the verb nor the room.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from palabre.journal.models import Event

Finder = Callable[[Sequence[Event]], Iterable[tuple[int, int]]]


@dataclass(frozen=True)
class Role:
    """A part that people have in what happens.

    reason: the words by which they are told why they hear of it, with `%(who)s` for who did it. rank: of several
    reasons people hear the one with the lowest. personal: said to them and not merely about something of theirs.
    quiet: it interrupts nobody, however loud the verb. find: pairs of (event, person) by primary key, for many events
    at once.
    """

    name: str
    reason: Any
    rank: int
    personal: bool
    find: Finder
    quiet: bool = False


_roles: dict[str, Role] = {}


def role(
    name: str, reason: Any, rank: int = 50, personal: bool = False, quiet: bool = False
) -> Callable[[Finder], Finder]:
    """`@role("owner", _("You answer for it"))` on a function that finds them; one name has one meaning."""

    def register(find: Finder) -> Finder:
        known = _roles.get(name)
        if known and known.find.__module__ != find.__module__:
            raise ValueError(f"the role {name} is known already, in {known.find.__module__}")
        _roles[name] = Role(name, reason, rank, personal, find, quiet)
        return find

    return register


def known(name: str) -> Role | None:
    """The role of that name; None for one that no room fills (yet)."""
    return _roles.get(name)


def concerned(events: Sequence[Event]) -> dict[int, dict[int, Role]]:
    """By event, whom it concerns and in which role, the one of lowest rank; who did it themselves is among them."""
    found: dict[int, dict[int, Role]] = {event.pk: {} for event in events}
    roles = {name: each for event in events for name in event.meaning.concerns if (each := _roles.get(name))}
    for name, part in sorted(roles.items(), key=lambda pair: pair[1].rank):
        about = [event for event in events if name in event.meaning.concerns]
        for event, person in part.find(about):
            found[event].setdefault(person, part)
    return found
