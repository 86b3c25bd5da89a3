"""Those who may vote, where they are named: read from what is typed, one a line."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from palabre.people.models import Organisation, Person
from palabre.spaces.models import Space
from palabre.spaces.readership import readers

MOST = 1000


class Named:
    """Who is named of those who read `space`; `mandates` is which organisations some of them vote for, by their keys.

    An organisation is one that `by` knows.
    """

    def __init__(self, space: Space, by: Any) -> None:
        self.space, self.by = space, by
        self.mandates: dict[int, int] = {}

    def read(self, typed: str) -> list[Person]:
        """The people of these lines, each a name or a @handle, or an organisation with who holds its mandate. Raises
        ValidationError."""
        lines = [line.strip().removeprefix("@") for line in typed.splitlines() if line.strip()]
        if len(lines) > MOST:
            raise ValidationError(gettext("Name %d people at most, or let everybody vote.") % MOST)
        near = readers(self.space).filter(is_bot=False)
        found: dict[int, Person] = {}
        for line in lines:
            voter, _colon, holder = line.partition(":")
            name = (holder or voter).strip().removeprefix("@")
            some = near.meant_by(name)
            if len(some) != 1:
                raise ValidationError(
                    gettext("Nobody who reads this space is called “%(name)s”. Write a name or a @handle."),
                    params={"name": name},
                )
            if some[0].pk in found and (holder or some[0].pk in self.mandates):
                raise ValidationError(
                    gettext(
                        "%(name)s stands twice in the list: each has one voice, their own or that of one organisation."
                    ),
                    params={"name": some[0].name},
                )
            found[some[0].pk] = some[0]
            if holder:
                self.mandates[some[0].pk] = self._organisation(voter.strip())
        return list(found.values())

    def _organisation(self, name: str) -> int:
        known = Organisation.objects.visible_to(self.by).filter(name__iexact=name).first()
        if known is None or known.pk in self.mandates.values():
            twice = gettext("“%(name)s” stands twice in the list.")
            unknown = gettext("No organisation is called “%(name)s”. It stands before the colon, its voter after it.")
            raise ValidationError(twice if known else unknown, params={"name": name})
        return known.pk
