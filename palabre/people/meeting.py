"""Who meets whom: the question lives with persons, its answer with spaces, which register it.

People are met through the spaces one shares, and spaces stand a floor above; so the rule is handed down.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from palabre.people.models import PersonQuerySet

Rule = Callable[["PersonQuerySet", Any], "PersonQuerySet"]

_rule: list[Rule] = []


def decides(rule: Rule) -> Rule:
    """Registers the one rule of who meets whom."""
    _rule[:] = [rule]
    return rule


def narrow(people: PersonQuerySet, viewer: Any) -> PersonQuerySet:
    """`people` narrowed to those `viewer` may meet; nobody while no rule is known."""
    return _rule[0](people, viewer) if _rule else people.none()
