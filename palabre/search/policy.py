"""What one may do with searches."""

from typing import Any

from palabre.kit.policy import rule
from palabre.people.models import OPERATOR
from palabre.spaces import sight


@rule("search.missing")
def may_see_missing(person: Any, _thing: Any = None) -> bool:
    """Know what people look for in vain: who can have it written, stewards and administrators."""
    if person is OPERATOR:
        return True
    if not person.is_authenticated or not person.is_active or person.left_at:
        return False
    return bool(person.is_admin or (person.is_inside and sight.of(person).stewarded))
