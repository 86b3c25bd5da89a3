"""Policy: may this person do that to this thing?

Rooms register one rule for each action of theirs (`@rule("item.edit")`); everybody else asks `may` or `require`.
Sight is not decided here: what one may not see one never gets hold of (`visible_to`, the doors).
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied

Rule = Callable[[Any, Any], bool]

_rules: dict[str, Rule] = {}


def rule(action: str) -> Callable[[Rule], Rule]:
    """Registers the rule for an action named noun.verb; an action has exactly one."""

    def register(decide: Rule) -> Rule:
        if action in _rules and _rules[action].__module__ != decide.__module__:
            raise ValueError(f"{action} already has a rule, in {_rules[action].__module__}")
        _rules[action] = decide
        return decide

    return register


def may(person: Any, action: str, thing: Any = None) -> bool:
    """Whether `person` may do `action` to `thing`. Unknown actions are an error, not a no."""
    return _rules[action](person, thing)


def require(person: Any, action: str, thing: Any = None) -> None:
    """Like `may`, but a no raises PermissionDenied (403)."""
    if not may(person, action, thing):
        raise PermissionDenied(action)


def actions() -> tuple[str, ...]:
    """Every action that has a rule; the permission matrix walks them."""
    return tuple(sorted(_rules))
