"""What one may do to people."""

from typing import Any

from palabre.kit.policy import rule
from palabre.people.models import OPERATOR, Invitation, Organisation, Person


@rule("person.edit")
def may_edit(person: Any, other: Person) -> bool:
    """One's own profile; those spoken for, by anybody inside; nobody else's."""
    if person is OPERATOR or (person.is_authenticated and person.pk == other.pk):
        return True
    return _works_here(person) and not other.email and not other.is_bot and other.left_at is None


@rule("person.speak")
def may_speak_for(person: Any, _nothing: None = None) -> bool:
    """Introduce somebody who has no account, to write on their behalf."""
    return _works_here(person)


@rule("person.invite")
def may_invite(person: Any, _nothing: None = None) -> bool:
    """Open the house itself to somebody; stewards open their spaces (`space.invite`)."""
    return person is OPERATOR or _administers(person)


@rule("person.administer")
def may_administer(person: Any, other: Person | None = None) -> bool:
    """See somebody out, take them back, name administrators: administrators, and not on themselves."""
    return person is OPERATOR or (_administers(person) and (other is None or other.pk != person.pk))


@rule("person.unite")
def may_unite(person: Any, other: Person) -> bool:
    """Say that somebody spoken for is somebody who has an account: administrators."""
    return other.is_spoken_for and (person is OPERATOR or _administers(person))


@rule("organisation.edit")
def may_edit_organisation(person: Any, _organisation: Organisation | None = None) -> bool:
    return person is OPERATOR or _administers(person)


@rule("invitation.revoke")
def may_revoke(person: Any, invitation: Invitation) -> bool:
    """Whoever sent it, and administrators."""
    return person is OPERATOR or _administers(person) or invitation.by_id == person.pk


def _works_here(person: Any) -> bool:
    return person is OPERATOR or bool(person.is_authenticated and person.is_active and person.is_inside)


def _administers(person: Any) -> bool:
    return bool(person.is_authenticated and person.is_active and person.is_admin)
