"""What one may do to a space."""

from typing import Any

from palabre.kit.policy import rule
from palabre.people.models import OPERATOR
from palabre.spaces import sight
from palabre.spaces.models import Role, Space, Writing


def is_present(person: Any) -> bool:
    """Whether `person` can act at all: signed in, active, and has not left."""
    return bool(person.is_authenticated and person.is_active and not person.left_at)


@rule("space.read")
def may_read(person: Any, space: Space) -> bool:
    return person is OPERATOR or space.pk in sight.of(person).spaces


@rule("space.write")
def may_write(person: Any, space: Space) -> bool:
    """Write something new: as the space's setting says, and never in an archived one."""
    if person is OPERATOR:
        return True
    if not is_present(person) or space.archived_at or not may_read(person, space):
        return False
    role = sight.role_in(space, person)
    if space.writing == Writing.READERS:
        return True
    if space.writing == Writing.STEWARDS:
        return role == Role.STEWARD
    return role in (Role.CONTRIBUTOR, Role.STEWARD)


@rule("space.comment")
def may_comment(person: Any, space: Space) -> bool:
    """Anyone who may read may answer, once signed in."""
    if person is OPERATOR:
        return True
    return is_present(person) and not space.archived_at and may_read(person, space)


@rule("space.steward")
def may_steward(person: Any, space: Space) -> bool:
    """Shape the space: its settings, its members, what others wrote in it."""
    return person is OPERATOR or (is_present(person) and sight.role_in(space, person) == Role.STEWARD)


@rule("space.create")
def may_create(person: Any, _nothing: None = None) -> bool:
    return person is OPERATOR or (is_present(person) and person.is_inside)
