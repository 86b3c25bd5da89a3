"""What one may do to tags themselves; tagging an item is `item.tag`."""

from typing import Any

from palabre.kit.policy import rule
from palabre.people.models import OPERATOR
from palabre.spaces import sight


@rule("tag.garden")
def may_garden(person: Any, _tag: Any = None) -> bool:
    """Rename, merge, name synonyms: stewards of any space, for tags belong to the whole house; administrators."""
    if person is OPERATOR:
        return True
    if not person.is_authenticated or not person.is_inside:
        return False
    return person.is_admin or bool(sight.of(person).stewarded)
