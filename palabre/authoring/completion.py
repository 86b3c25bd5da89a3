"""Completion while one writes: `@` people, `[[` titles, and what the rooms above add, such as `#` tags."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, IntegerField, Q, Value, When

from palabre.authoring.dialect import WIKI
from palabre.items.models import Item, ItemQuerySet
from palabre.items.names import fold
from palabre.people.models import Person

SHOWN = 8
_NAMES = 4  # an item seldom has more that begin alike
_SIGNS = re.compile(r"[\[\]\\*_`<]")
_ESCAPED = r"\\\g<0>"


@dataclass(frozen=True)
class Suggestion:
    """What can be completed: `insert` goes into the text; `label` and `hint` are shown; `outside` looks like it."""

    insert: str
    label: str
    hint: str = ""
    outside: bool = False


Completer = Callable[[Any, str], list[Suggestion]]

_completers: dict[str, Completer] = {}


def completes(mark: str) -> Callable[[Completer], Completer]:
    """`@completes("#")` on a function from (person, what is typed so far) to suggestions, the best first."""

    def register(completer: Completer) -> Completer:
        _completers[mark] = completer
        return completer

    return register


def suggestions(mark: str, person: Any, typed: str) -> list[Suggestion]:
    """What `person` may be offered for a mark; nothing for a mark nobody completes."""
    return _completers[mark](person, typed.strip()[:80])[:SHOWN] if mark in _completers else []


@completes("@")
def people(person: Any, typed: str) -> list[Suggestion]:
    """People the writer meets, by handle or by any word of their name."""
    met = Person.objects.visible_to(person).present().select_related("organisation")
    if typed:
        met = met.filter(
            Q(handle__istartswith=typed) | Q(name__istartswith=typed) | Q(name__icontains=f" {typed}")
        ).order_by(Case(When(handle__istartswith=typed, then=0), default=1, output_field=IntegerField()), "name", "pk")
    return [
        Suggestion(
            f"@{found.handle} ",
            found.name,
            found.organisation.name if found.organisation and not found.is_inside else f"@{found.handle}",
            not found.is_inside,
        )
        for found in met[:SHOWN]
    ]


@completes("[[")
def titles(person: Any, typed: str) -> list[Suggestion]:
    """Titles and aliases of what the writer may see; the very same comes first, then those that begin like it.

    What has several names that answer equally well is named once, by its title.
    """
    key = fold(typed)
    seen = Item.objects.visible_to(person).filter(names__current=True, names__key__contains=key)
    exact, begins = When(names__key=key, then=Value(0)), When(names__key__startswith=key, then=Value(1))
    near = Case(exact, begins, default=Value(2), output_field=IntegerField())
    alias = Case(When(names__label=F("title"), then=0), default=1, output_field=IntegerField())
    named = seen.annotate(near=near, alias=alias, name=F("names__label"))
    nearest = named.order_by("near", "-updated_at", "-pk", "alias")
    found: dict[int, Suggestion] = {}
    for pk, name, space in nearest.values_list("pk", "name", "space__name")[: SHOWN * _NAMES]:
        found.setdefault(pk, Suggestion(_pointing(pk, name), name, space))
    return list(found.values())


def by_title(items: ItemQuerySet, typed: str) -> list[Item]:
    """Some of the items, those whose title begins with what is typed first."""
    named = items.filter(names__current=True, names__key__contains=fold(typed)) if typed else items
    begins = Case(When(title__istartswith=typed, then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(named.annotate(near=begins).order_by("near", "title", "pk").distinct()[:SHOWN])


def _pointing(pk: int, name: str) -> str:
    """A link by the name, or where the dialect could not read it between its brackets, by the number."""
    mark = f"[[{name}]]"
    return mark if WIKI.fullmatch(mark) and "|" not in name else f"[{_SIGNS.sub(_ESCAPED, name)}](/items/{pk}/)"
