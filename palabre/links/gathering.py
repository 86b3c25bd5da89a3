"""What is tied to one item, by kind: for pages of what others are about, or of what they are meant to serve.

It comes in the query of the item itself (`tied`), with its first titles and how many there are; how far each of them
is, in the words of its kind, is asked for where it is shown (`say`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Window
from django.db.models.functions import JSONObject, RowNumber

from palabre.authoring.forms import written_here
from palabre.items import kinds
from palabre.items.kinds import Kind
from palabre.items.models import Item, ItemQuerySet, State, address
from palabre.links.models import Link, Type
from palabre.spaces.policy import writes_somewhere

SHOWN = 5  # of a kind


@dataclass
class Title:
    """One of them; `said` is how far it is, once that is asked for."""

    pk: int
    kind: str
    title: str
    language: str
    archived: bool = False
    said: str = ""

    def get_absolute_url(self) -> str:
        return address(self.kind, self.pk, self.title)


@dataclass
class Group:
    """Those of one kind: the latest of `number`."""

    kind: Kind
    number: int
    titles: list[Title] = field(default_factory=list)

    @property
    def further(self) -> int:
        return self.number - len(self.titles)


def among(items: ItemQuerySet, target: Any, types: Sequence[Type]) -> ItemQuerySet:
    """Those of the items that a typed link leads from to `target`."""
    return items.filter(pk__in=Link.objects.filter(target=target, type__in=types).order_by().values("source"))


def tied(visible: ItemQuerySet, *types: Type) -> ArraySubquery:
    """The latest of each kind among `visible` items that are tied so to an item, for a query of items to bring."""
    rows = among(visible, OuterRef(OuterRef("pk")), types).annotate(
        place=Window(RowNumber(), partition_by=F("kind"), order_by=F("pk").desc()),
        number=Window(Count("pk"), partition_by=F("kind")),
    )
    brief = JSONObject(pk="pk", kind="kind", title="title", language="language", state="state", number="number")
    return ArraySubquery(rows.filter(place__lte=SHOWN).order_by("kind", "-pk").values(brief=brief))


def groups(briefs: Iterable[dict[str, Any]]) -> list[Group]:
    """What came so, in the order in which menus show the kinds."""
    found: dict[str, Group] = {}
    for brief in briefs:
        group = found.setdefault(brief["kind"], Group(kinds.get(brief["kind"]), brief["number"]))
        archived = brief["state"] == State.ARCHIVED
        group.titles.append(Title(brief["pk"], brief["kind"], brief["title"], brief["language"], archived))
    return [found[kind.name] for kind in kinds.every() if kind.name in found]


def say(titles: Sequence[Title]) -> None:
    """How far each of them is, in the words of its kind: one query for each kind that has some."""
    for kind in kinds.every():
        mine = [title for title in titles if title.kind == kind.name]
        if mine and kind.beside:
            said = kind.beside([title.pk for title in mine])
            for title in mine:
                title.said = str(said.get(title.pk, ""))


def beginnings(person: Any, item: Item) -> list[Kind]:
    """What `person` can begin for an item, if they write anywhere: all that is written at the desk. What has a way to
    go, as ideas and decisions have, is first."""
    if not person.is_authenticated or not writes_somewhere(person):
        return []
    return sorted((kind for kind in written_here() if kind.name != item.kind), key=lambda kind: kind.beside is None)


def titles(items: Iterable[Item]) -> list[Title]:
    """Of items of a list, with how far they are."""
    found = [Title(each.pk, each.kind, each.title, each.language, each.state == State.ARCHIVED) for each in items]
    say(found)
    return found
