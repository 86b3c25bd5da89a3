"""What one export is about, and a file of rows: which model, which of its fields, which rows, as told to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from palabre.items.models import Item
from palabre.people.models import OPERATOR
from palabre.spaces.models import Space


@dataclass(frozen=True)
class Scope:
    """What one export is about: the items and spaces that `reader` may see, perhaps of one space only."""

    reader: Any
    spaces: models.QuerySet[Space]
    items: models.QuerySet[Item]
    everywhere: bool

    @classmethod
    def of(cls, reader: Any, space: Space | None = None) -> Scope:
        spaces = Space.objects.visible_to(reader)
        items = Item.objects.visible_to(reader, unpublished=reader is OPERATOR)
        if space is not None:
            spaces, items = spaces.filter(pk=space.pk), items.filter(space=space)
        return cls(reader, spaces.order_by("pk"), items.order_by("pk"), space is None)

    @property
    def whole(self) -> bool:
        """Whether nothing is held back of what it is about: the operator's own export."""
        return self.reader is OPERATOR

    @property
    def everything(self) -> bool:
        """Whether it is about the whole instance."""
        return self.whole and self.everywhere

    def pks(self) -> models.QuerySet[Any]:
        return self.items.order_by().values("pk")


Within = Callable[[Scope], "models.QuerySet[Any]"]
Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """One file of rows: which model, which of its fields, which rows of a scope; `told` leaves out of a row what the
    reader of a scope may not know of it."""

    name: str
    model: type[models.Model]
    within: Within
    fields: tuple[str, ...] = ()
    hidden: frozenset[str] = field(default_factory=frozenset)
    told: Callable[[Scope], Callable[[Row], Row]] | None = None

    def columns(self, scope: Scope | None = None) -> list[models.Field[Any, Any]]:
        """The fields that travel; those `hidden` stay at home unless the operator exports."""
        named = [each for each in self.model._meta.concrete_fields if not self.fields or each.name in self.fields]
        return [each for each in named if scope is None or scope.whole or each.name not in self.hidden]

    def rows(self, scope: Scope) -> Iterator[dict[str, Any]]:
        """The rows of a scope in the order of their numbers."""
        names = [column.attname for column in self.columns(scope)]
        rows = self.within(scope).order_by("pk").values(*names).iterator(chunk_size=2000)
        yield from map(self.told(scope), rows) if self.told and not scope.whole else rows

    def row(self, said: dict[str, Any]) -> models.Model:
        """A row of this instance from what an export says; fields it does not know keep their defaults."""
        columns = {column.attname: column for column in self.columns()}
        return self.model(**{name: columns[name].to_python(said[name]) for name in said if name in columns})

    def naming(self, model: type[models.Model]) -> list[str]:
        """The columns whose values are keys of `model`."""
        return [column.attname for column in self.columns() if column.related_model is model]


def of_items(model: type[models.Model], path: str = "item") -> Within:
    return lambda scope: model._default_manager.filter(**{f"{path}__in": scope.pks()})


def of_spaces(model: type[models.Model]) -> Within:
    return lambda scope: model._default_manager.filter(space__in=scope.spaces.order_by().values("pk"))


def owned(model: type[models.Model], within: Within) -> Within:
    """Rows that only the operator may carry away."""
    return lambda scope: within(scope) if scope.whole else model._default_manager.none()


def for_all(model: type[models.Model]) -> Within:
    """Rows of people's own: they travel with all of an instance, and not otherwise."""
    return lambda scope: model._default_manager.all() if scope.everything else model._default_manager.none()
