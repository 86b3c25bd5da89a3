"""The way in to an item: one may read it, or it does not exist."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest

from palabre.items.models import Item
from palabre.spaces import sight


def item_or_404(
    request: HttpRequest, pk: int, *kinds: str, lock: bool = False, related: Sequence[str] = (), **also: Any
) -> Item:
    """The item, with its author, facet and space, if the reader may see it; else 404, whether it exists or not.

    One's own drafts and what one may restore are let in too. `kinds` narrows; `lock` holds the row until the end of
    the transaction, without blocking rows that point at it. `related` and the expressions of `also` come in the
    same query.
    """
    items = Item.objects.visible_to(request.user, unpublished=True)
    if lock:
        items = items.select_for_update(of=("self",), no_key=True)
    else:
        items = items.select_related("author", "author__organisation", "owner", *related).annotate(**also)
    item = items.filter(pk=pk).first()
    if item is None or (kinds and item.kind not in kinds):
        raise Http404
    space = sight.of(request.user).spaces.get(item.space_id)
    if space is not None:
        item.space = space
    return item
