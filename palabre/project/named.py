"""Whom and what the words of a command name; one sentence where there is no such thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from palabre.project.trouble import Trouble

if TYPE_CHECKING:
    from palabre.people.models import Person
    from palabre.spaces.models import Space


def find_person(email: str) -> Person:
    """The person of that address."""
    from palabre.people.models import Person

    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        raise Trouble(f"Nobody has the address {email}: `palabre person list` names them.")
    return person


def find_space(slug: str) -> Space:
    """The space that lives there."""
    from palabre.spaces.models import Space

    space = Space.objects.named().filter(slug=slug).first()
    if space is None:
        raise Trouble(f"There is no space {slug}: `palabre space list` names them, `palabre space create` makes one.")
    return space
