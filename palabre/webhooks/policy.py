"""Who may let news out by a webhook."""

from typing import Any

from palabre.kit.policy import may, rule
from palabre.people.models import OPERATOR
from palabre.spaces.models import Space
from palabre.spaces.policy import is_present


@rule("webhook.keep")
def may_keep(person: Any, space: Space | None = None) -> bool:
    """Those of a space: its stewards who are of the house, since a guest cannot give away what is the company's.

    Those of the company, without a space: administrators.
    """
    if person is OPERATOR:
        return True
    if not is_present(person) or not person.is_inside:
        return False
    return may(person, "space.steward", space) if space else bool(person.is_admin)
