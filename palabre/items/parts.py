"""Parts that people have in items: they wrote it, supported it, answered. Rooms say which they know of.

So whoever shows somebody what became of their words (`links.views.words`) names no kind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.translation import pgettext_lazy

from palabre.items.models import Item, ItemQuerySet

Finder = Callable[[Any], "QuerySet[Any, Any]"]


@dataclass(frozen=True)
class Part:
    """name: "wrote". label: as its person is told. find: of a person, the keys of the items. over: the name of the part
    that need not be told beside it."""

    name: str
    label: Any
    order: int
    find: Finder
    over: str = ""


_parts: dict[str, Part] = {}


def part(name: str, label: Any, order: int = 50, over: str = "") -> Callable[[Finder], Finder]:
    """`@part("wrote", pgettext_lazy("a part", "You wrote it"))` on a function that gives one column of keys."""

    def register(find: Finder) -> Finder:
        _parts[name] = Part(name, label, order, find, over)
        return find

    return register


def every() -> list[Part]:
    """All of them, in the order in which they are told."""
    return sorted(_parts.values(), key=lambda each: (each.order, each.name))


def of(person: Any, among: ItemQuerySet) -> ItemQuerySet:
    """Of these items, those in which `person` has a part; each knows which (`told`)."""
    first, *others = (each.find(person) for each in every())
    had = {_column(each): ExpressionWrapper(Q(pk__in=each.find(person)), BooleanField()) for each in every()}
    return among.filter(pk__in=first.union(*others, all=True) if others else first).annotate(**had)


def told(item: Item) -> list[Any]:
    """The parts that somebody has in an item that `of` found, in words."""
    had = [each for each in every() if getattr(item, _column(each))]
    said = {each.over for each in had}
    return [each.label for each in had if each.name not in said]


def _column(each: Part) -> str:
    return f"had_{each.name}"


@part("wrote", pgettext_lazy("a part", "You wrote it"), order=10)
def wrote(person: Any) -> QuerySet[Any, Any]:
    """What they wrote."""
    return Item.objects.filter(author=person).order_by().values("pk")
