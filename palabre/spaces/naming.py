"""Somebody who is named in a form, by name or @handle: of those who read a space."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from palabre.people.models import Person, PersonQuerySet, Side
from palabre.spaces.models import Space
from palabre.spaces.readership import readers


def reader_named(space: Space, by: Any, typed: str, current: Person | None = None) -> Person:
    """The person whom `by` names, who reads `space`; or who stands there now, whoever it is. Raises ValidationError."""
    typed = typed.strip()
    if current and typed in (f"@{current.handle}", current.name):
        return current
    found = _near(space, by).meant_by(typed)
    if len(found) != 1:
        raise ValidationError(_("Nobody who reads this space is called so. Write a name or a @handle."))
    return found[0]


def colleague_named(space: Space, by: Any, typed: str) -> Person:
    """The person of the house whom `by` names, who reads `space`. Raises ValidationError, which says whom it means."""
    typed = typed.strip()
    found = _near(space, by).filter(side=Side.COMPANY).meant_by(typed)
    if len(found) > 1:
        raise ValidationError(_("Several people are called “%(name)s”: write a @handle.") % {"name": typed})
    if not found:
        said = _("Nobody of the house who reads this space is called “%(name)s”. Write a name or a @handle.")
        raise ValidationError(said % {"name": typed})
    return found[0]


def _near(space: Space, by: Any) -> PersonQuerySet:
    return readers(space).visible_to(by).filter(is_bot=False, left_at=None)
