"""What serves an objective: begun for it in a draft that remembers it, or tied to it, from its page or from theirs."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction

from palabre.authoring import completion, drafting
from palabre.authoring.models import Draft
from palabre.items import kinds
from palabre.items.models import Item, ItemQuerySet
from palabre.kit import given
from palabre.kit.policy import may
from palabre.links import gathering
from palabre.links.models import Link, Type

FIELD = "serves"
"""The field of a draft that says which objective its text was begun for."""
SERVES = (Type.SUPPORTS, Type.PART_OF)
SHOWN, MOST = 8, 40


def begin(objective: Item, kind: str, by: Any) -> Draft:
    """A draft of `by` that will serve the objective, in its space if they write there."""
    space = objective.space if may(by, "space.write", objective.space) else None
    return drafting.keep(by, drafting.Content(kind, "", "", space, fields={FIELD: str(objective.pk)}))


def served(value: str, person: Any) -> Item | None:
    """The objective that a draft was begun for, if `person` sees it still."""
    key = given.key(value)
    return Item.objects.visible_to(person).published().of_kind("objective").filter(pk=key).first() if key else None


@drafting.on_publishing
def remember(draft: Any, item: Item) -> None:
    """It serves the objective it was begun for."""
    objective = served(draft.fields.get(FIELD, ""), draft.person)
    if objective and objective.pk != item.pk and may(draft.person, "item.tag", item):
        Link.tie(item, Type.SUPPORTS, objective, draft.person)


def has_a_way(kind: str) -> bool:
    """Whether things of this kind can serve an objective: those that say how far they are, as ideas and decisions."""
    return kind in _with_a_way()


def of(item: Item, person: Any) -> list[Item]:
    """The objectives that an item serves, as far as `person` sees them, by title."""
    said = Link.objects.filter(source=item, type__in=SERVES).values("target")
    found = Item.objects.visible_to(person).of_kind("objective").filter(pk__in=said)
    return list(found.for_lists().select_related("objective").order_by("title", "pk"))


def called(typed: str, person: Any, but: Collection[int]) -> list[Item]:
    """Some objectives that are under way and whose title holds what is typed; of nothing typed, the next to be due."""
    found = _open_to(person).exclude(pk__in=but).for_lists().select_related("objective")
    if typed:
        return completion.by_title(found, typed)
    return list(found.order_by("objective__due", "title", "pk")[:SHOWN])


def serving(objective: Item, person: Any) -> list[Item]:
    """The latest that serve an objective, as far as `person` sees them."""
    found = gathering.among(Item.objects.visible_to(person).of_kind(*_with_a_way()), objective.pk, SERVES)
    return list(found.for_lists().order_by("-pk")[:MOST])


def fitting(typed: str, objective: Item, person: Any) -> list[Item]:
    """Some of what could serve it and does not yet, whose title holds what is typed; of nothing typed, the latest that
    stand where it does."""
    done = Link.objects.filter(target=objective, type__in=SERVES).order_by().values("source")
    found = Item.objects.visible_to(person).published().of_kind(*_with_a_way()).exclude(pk__in=done).for_lists()
    if typed:
        return completion.by_title(found, typed)
    return list(found.filter(space=objective.space_id).order_by("-pk")[:SHOWN])


@transaction.atomic
def say(item: Item, wanted: Collection[int], shown: Collection[int], by: Any) -> None:
    """Of the objectives that were `shown`, the item serves those `wanted`, and no other of them."""
    said = Link.objects.filter(source=item, type__in=SERVES, target__in=shown).select_related("target")
    kept = _untie((link for link in said if link.target_id not in wanted), said, by, at="target_id")
    for objective in _open_to(by).filter(pk__in=set(wanted) & set(shown) - kept).order_by("pk"):
        Link.tie(item, Type.SUPPORTS, objective, by)


@transaction.atomic
def gather(objective: Item, wanted: Collection[int], shown: Collection[int], by: Any) -> None:
    """Of what was `shown`, these serve the objective from now on, and no other of them."""
    said = Link.objects.filter(target=objective, type__in=SERVES, source__in=shown).select_related("source", "target")
    kept = _untie((link for link in said if link.source_id not in wanted), said, by, at="source_id")
    found = Item.objects.visible_to(by).published().of_kind(*_with_a_way())
    for item in found.filter(pk__in=set(wanted) & set(shown) - kept).order_by("pk"):
        Link.tie(item, Type.SUPPORTS, objective, by)


def _untie(gone: Iterable[Link], said: Iterable[Link], by: Any, at: str) -> set[int]:
    """Takes links away; gives the far ends of all there were."""
    known = {getattr(link, at) for link in said}
    for link in gone:
        link.untie(by)
    return known


def _open_to(person: Any) -> ItemQuerySet:
    return Item.objects.visible_to(person).published().of_kind("objective").filter(objective__standing="open")


def _with_a_way() -> list[str]:
    return [
        kind.name
        for kind in kinds.every()
        if kind.beside and not (kind.apart or kind.within) and kind.name != "objective"
    ]
