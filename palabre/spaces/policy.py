"""What one may do to a space."""

from typing import Any

from palabre.kit.policy import may, rule
from palabre.people.models import OPERATOR, Organisation
from palabre.spaces import sight
from palabre.spaces.models import Role, Space, Writing


def is_present(person: Any) -> bool:
    """Whether `person` can act at all: signed in, active, and has not left."""
    return bool(person.is_authenticated and person.is_active and not person.left_at)


@rule("space.read")
def may_read(person: Any, space: Space) -> bool:
    return person is OPERATOR or sight.of(person).reads(space.pk)


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


def writes_somewhere(person: Any) -> bool:
    """Whether there is a space in which `person` may write."""
    return any(may(person, "space.write", space) for space in sight.of(person).spaces.values())


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


@rule("space.admit")
def may_admit(person: Any, space: Space) -> bool:
    """Say who is a member and in which role, answer requests, invite: stewards, while the space is open."""
    return may_steward(person, space) and not space.archived_at


def may_bring(person: Any, space: Space, side: str, organisation: Organisation | None) -> bool:
    """Invite into the space somebody new who stands there: who stands with a partner, or among the customers, reads
    what is open to these, so only an administrator invites them where other stewards have their say.
    """
    if person is OPERATOR or not may_admit(person, space):
        return person is OPERATOR
    return may(person, "person.invite") or not Space.objects.opened_beside(space, side, organisation, person).exists()


@rule("space.appoint")
def may_appoint(person: Any, space: Space) -> bool:
    """Give a space a steward when it has none left: administrators, who gain no sight of it by that."""
    if person is OPERATOR:
        return True
    return _administers(person) and not space.archived_at and not space.stewards().exists()


def without_steward(person: Any) -> list[Space]:
    """The spaces to which `person` may appoint a steward; no query but for administrators."""
    return [*Space.objects.without_steward()] if _administers(person) else []


def _administers(person: Any) -> bool:
    return is_present(person) and bool(person.is_inside and person.is_admin)


@rule("space.open")
def may_open(person: Any, space: Space) -> bool:
    """Name the audience: stewards of the house; a guest, steward or not, cannot give what is the company's."""
    return may_admit(person, space) and bool(person.is_inside)


@rule("space.join")
def may_join(person: Any, space: Space) -> bool:
    """Have among one's spaces what one reads already."""
    return bool(
        person.is_authenticated
        and not space.archived_at
        and may_read(person, space)
        and sight.role_in(space, person) is None
        and not sight.keeps(space, person)
    )


@rule("space.ask")
def may_ask(person: Any, space: Space) -> bool:
    """Ask its stewards for a role: who reads it without writing, or may know of it."""
    if not person.is_authenticated or space.archived_at:
        return False
    if may_read(person, space):
        return not may_write(person, space) and sight.role_in(space, person) != Role.CONTRIBUTOR
    return bool(person.is_inside and space.askable)
