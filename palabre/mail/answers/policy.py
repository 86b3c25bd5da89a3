"""Who may see what did not become a comment."""

from typing import Any

from palabre.kit.policy import rule
from palabre.people.models import OPERATOR


@rule("mail.refused")
def may_see_refused(person: Any, _thing: Any = None) -> bool:
    """Whoever runs the house: administrators."""
    if person is OPERATOR:
        return True
    return bool(person.is_authenticated and person.is_active and not person.left_at and person.is_admin)
