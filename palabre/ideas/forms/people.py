"""Somebody who is named in a form of ideas."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from palabre.people.models import Person, Side
from palabre.spaces.models import Space
from palabre.spaces.readership import readers


def of_the_house(space: Space, by: Any, typed: str) -> Person:
    """The person of the house that `by` names who reads `space`. Raises ValidationError, which says whom it means."""
    near = readers(space).visible_to(by).filter(side=Side.COMPANY, is_bot=False, left_at=None)
    found = near.meant_by(typed)
    if len(found) > 1:
        raise ValidationError(_("Several people are called “%(name)s”: write a @handle.") % {"name": typed})
    if not found:
        said = _("Nobody of the house who reads this space is called “%(name)s”. Write a name or a @handle.")
        raise ValidationError(said % {"name": typed})
    return found[0]
