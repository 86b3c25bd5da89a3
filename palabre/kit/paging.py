"""Keyset paging: pages that cost the same however far one goes, on an index.

An offset reads what it skips; a keyset starts where the last page ended, named by the values of the order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

LARGEST = 100
_MOMENTS: dict[str, type[date]] = {"at": datetime, "on": date}


@dataclass(frozen=True)
class Page:
    """Some rows, and the mark after which the next ones start (None at the end)."""

    rows: Sequence[Any]
    next: str | None

    def __iter__(self):
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page(
    queryset: QuerySet[Any],
    request: HttpRequest,
    order: Sequence[str] = ("-published_at", "-id"),
    size: int = 30,
) -> Page:
    """The page of `queryset` that `?after=` names, in `order` (fields that are never null, the last one unique)."""
    size = min(size, LARGEST)
    return cut(list(after(queryset, request.GET.get("after", ""), order)[: size + 1]), order, size)


def cut(rows: Sequence[Any], order: Sequence[str] = ("-published_at", "-id"), size: int = 30) -> Page:
    """The page of `size` rows, of which one more was asked for to know whether there are others."""
    shown = rows[:size]
    return Page(shown, mark(shown[-1], order) if len(rows) > size else None)


def after(queryset: QuerySet[Any], where: str, order: Sequence[str]) -> QuerySet[Any]:
    """The rows of `queryset` that come after the mark `where`, ordered."""
    ordered = queryset.order_by(*order)
    if not where:
        return ordered
    try:
        values = _signer(order).unsign_object(where)
        values = [_MOMENTS[v[0]].fromisoformat(v[1]) if isinstance(v, list) else v for v in values]
    except (signing.BadSignature, ValueError) as error:
        raise BadRequest(_("This address of a page of a list is not one of ours.")) from error
    condition = Q()
    equal: dict[str, Any] = {}
    for name, value in zip(order, values, strict=True):
        field = name.lstrip("-")
        side = "lt" if name.startswith("-") else "gt"
        condition |= Q(**equal, **{f"{field}__{side}": value})
        equal[field] = value
    return ordered.filter(condition)


def mark(row: Any, order: Sequence[str]) -> str:
    """The signed place of a row (model instance or mapping) in `order`: the same mark each time it is asked for, or
    a feed would be another one each second.
    """
    values = []
    for name in order:
        field = name.lstrip("-")
        value = row[field] if isinstance(row, dict) else getattr(row, field)
        if isinstance(value, date):  # which a moment is, too
            value = ["at" if isinstance(value, datetime) else "on", value.isoformat()]
        values.append(value)
    return _signer(order).sign_object(values)


def _signer(order: Sequence[str]) -> signing.Signer:
    """A mark belongs to its order: the values of another one would compare a name with a date."""
    return signing.Signer(salt=f"paging:{','.join(order)}")
