"""What is tied to an item, kind by kind: pages of the rooms whose items others are about, or meant to serve.

Their doors are theirs; whoever calls has let the reader in to `item`.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from palabre.items.kinds import at
from palabre.items.models import Item
from palabre.kit.paging import page
from palabre.links import gathering
from palabre.links.models import Type


def latest(
    request: HttpRequest, item: Item, briefs: Iterable[dict[str, Any]], template: str, alone: str
) -> HttpResponse:
    """The latest of each kind, as `gathering.tied` brought them, and how far they are; to an open page, the list
    `alone`."""
    groups = gathering.groups(briefs)
    gathering.say([title for group in groups for title in group.titles])
    context = {"item": item, "space": item.space, "groups": groups}
    return render(request, alone if request.htmx else template, context)  # type: ignore[attr-defined]


def of_kind(request: HttpRequest, item: Item, path: str, types: Sequence[Type], template: str) -> HttpResponse:
    """All of the kind whose lists have that path, the latest first."""
    kind = at(path)
    if kind is None:
        raise Http404
    items = gathering.among(Item.objects.visible_to(request.user).of_kind(kind.name), item.pk, types)
    found = page(items.for_lists(), request, ("-id",))
    context = {
        "item": item, "space": item.space, "kind": kind, "page": found, "titles": gathering.titles(found.rows),
    }  # fmt: skip
    return render(request, template, context)
