"""Who meets whom: the question lives with persons, its answer with spaces, which register it.

People are met through the spaces one shares, and spaces stand a floor above; so the rule is handed down.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

People = QuerySet[Any, Any]
Rule = Callable[[Any, Any], Any]  # people, narrowed to those somebody meets

_rule: list[Rule] = []
_MET = "_met_in_this_request"


def decides(rule: Rule) -> Rule:
    """Registers the one rule of who meets whom."""
    _rule[:] = [rule]
    return rule


def meets(viewer: Any, pk: int) -> bool:
    """Whether a page leads `viewer` to that person, and shows their face; their own door is asked anew."""
    if pk == viewer.pk:
        return True
    keys = met(viewer)
    return keys is None or pk in keys


def met(viewer: Any) -> Collection[int] | None:
    """The keys of all whom `viewer` may meet; None is everybody.

    They are kept on the viewer, who is loaded for one request.
    """
    if (people := unasked(viewer)) is not None:
        keep(viewer, people.order_by().values_list("pk", flat=True))
    keys: Collection[int] | None = getattr(viewer, _MET)
    return keys


def unasked(viewer: Any) -> People | None:
    """Those `viewer` may meet, while this has to be asked; who asks for something else then may `keep` it as well."""
    if hasattr(viewer, _MET):
        return None
    everybody = get_user_model().objects.all()
    met = narrow(everybody, viewer)
    if met is not everybody and not met.query.is_empty():
        return met
    keep(viewer, None if met is everybody else ())
    return None


def keep(viewer: Any, keys: Iterable[int] | None) -> None:
    """Keeps for this request whom `viewer` meets; None is everybody."""
    setattr(viewer, _MET, None if keys is None else frozenset(keys))


def narrow(people: Any, viewer: Any) -> Any:
    """`people` narrowed to those `viewer` may meet; nobody while no rule is known."""
    return _rule[0](people, viewer) if _rule else people.none()
