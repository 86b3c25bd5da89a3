"""The pages on which two items of a kind become one: which one says the same, and where what was merged leads."""

from collections.abc import Collection
from typing import Any

from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from palabre.authoring import completion
from palabre.authoring.sameness import Mergeable, Unmergeable
from palabre.authoring.toasts import done_with_undo
from palabre.items.addresses import number_in
from palabre.items.models import Item, ItemQuerySet
from palabre.kit import given


def choose(
    request: HttpRequest, facet: Mergeable, template: str, *, told: str, parting: str, likely: Collection[int] = ()
) -> HttpResponse:
    """Which other one of the space says the same; a post with `into` makes them one, says what was `told`, and offers
    to undo it at the address called `parting`. Those that are `likely` to, by number, are offered first."""
    item = facet.item
    others = _others(request, item)
    if request.method == "POST":
        other = others.filter(pk=given.number(request.POST, "into") or 0).first()
        try:
            if other is None:
                raise Unmergeable
            facet.merge_into(other.facet, request.user)
        except Unmergeable:
            return _choice(request, item, others, template, likely, refused=True)
        done_with_undo(request, told, parting, item.pk)
        return redirect(other)
    return _choice(request, item, others, template, likely)


def leads_to(request: HttpRequest, facet: Mergeable) -> Item | None:
    """The item that what was merged leads to, if the reader sees it and does not ask for this one `?alone=1`."""
    if not facet.same_as_id or "alone" in request.GET:
        return None
    return Item.objects.visible_to(request.user).filter(pk=facet.same_as_id).first()


def _others(request: HttpRequest, item: Item) -> ItemQuerySet:
    items = Item.objects.visible_to(request.user).published().of_kind(item.kind)
    return items.filter(space=item.space_id, **{f"{item.kind}__same_as": None}).exclude(pk=item.pk)


def _choice(
    request: HttpRequest,
    item: Item,
    others: ItemQuerySet,
    template: str,
    likely: Collection[int],
    *,
    refused: bool = False,
) -> HttpResponse:
    typed = given.text(request.GET, "q")
    if number := number_in("/" + typed.split("://", 1)[-1].partition("/")[2]) if "/" in typed else None:
        found = list(others.filter(pk=number))
    elif typed:
        found = list(completion.by_title(others, typed))
    else:
        first = [Case(When(pk__in=likely, then=0), default=1)] if likely else []
        found = list(others.order_by(*first, "-published_at", "-id")[: completion.SHOWN])
    context: dict[str, Any] = {"item": item, "found": found, "typed": typed, "refused": refused}
    return render(request, template, context, status=422 if refused else 200)
