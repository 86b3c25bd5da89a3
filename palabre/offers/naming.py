"""Which offers an item is about, as its readers know it, and who says so."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction

from palabre.authoring import completion, drafting
from palabre.authoring.models import Draft
from palabre.items.models import Item, ItemQuerySet
from palabre.kit import given
from palabre.kit.policy import may
from palabre.links.models import Link, Type

ABOUT = "about"
"""The field of a draft that says which offer its text was begun from."""
SHOWN = 8


def open_to(person: Any) -> ItemQuerySet:
    """The offers that `person` sees and that are current."""
    return Item.objects.visible_to(person).published().of_kind("offer")


def of(item: Item, person: Any) -> list[Item]:
    """The offers an item is about, as far as `person` sees them, by title."""
    said = Link.objects.filter(source=item, type=Type.ABOUT).values("target")
    found = Item.objects.visible_to(person).of_kind("offer").filter(pk__in=said)
    return list(found.for_lists().select_related("offer").order_by("title", "pk"))


def called(typed: str, person: Any, but: Collection[int]) -> list[Item]:
    """Some offers whose title holds what is typed; of nothing typed, those that can be had first."""
    offers = open_to(person).exclude(pk__in=but).for_lists().select_related("offer")
    if typed:
        return completion.by_title(offers, typed)
    return list(offers.order_by("offer__standing", "title", "pk")[:SHOWN])


@transaction.atomic
def say(item: Item, wanted: Collection[int], shown: Collection[int], by: Any) -> None:
    """Of the offers that were `shown`, the item is about those `wanted`, and about no other of them."""
    links = Link.objects.filter(source=item, type=Type.ABOUT, target__in=shown).select_related("target")
    said = {link.target_id: link for link in links}
    for key, link in said.items():
        if key not in wanted:
            link.source = item
            link.untie(by)
    for offer in open_to(by).filter(pk__in=set(wanted) & set(shown) - set(said)).order_by("pk"):
        Link.tie(item, Type.ABOUT, offer, by)


def begin(offer: Item, kind: str, by: Any) -> Draft:
    """A draft of `by` that will be about the offer, in its space if they write there."""
    space = offer.space if may(by, "space.write", offer.space) else None
    return drafting.keep(by, drafting.Content(kind, "", "", space, fields={ABOUT: str(offer.pk)}))


def named(value: str, person: Any) -> list[Item]:
    """The offers that a draft says it is about, if `person` sees them still."""
    keys = _keys(value.split(","))
    return list(open_to(person).filter(pk__in=keys).order_by("pk")) if keys else []


@drafting.on_publishing
def remember(draft: Any, item: Item) -> None:
    """What was begun from an offer is about it."""
    for offer in named(draft.fields.get(ABOUT, ""), draft.person):
        if offer.pk != item.pk and may(draft.person, "offer.name", item):
            Link.tie(item, Type.ABOUT, offer, draft.person)


def _keys(said: Iterable[str]) -> set[int]:
    return set(given.numbers(each.strip() for each in said))
