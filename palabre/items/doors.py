"""The way in to an item: one may read it, or it does not exist."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest

from palabre.items.models import Item, ItemQuerySet, asking
from palabre.kit.queries import EITHER, Prepared, Slot
from palabre.spaces import sight

PEOPLE = ("author", "author__organisation", "owner")

_brought: dict[str, Callable[[Slot], Any]] = {}


def brings(name: str, expression: Callable[[Slot], Any]) -> None:
    """What a room above knows of an item and its reader comes in the query of the item's own page, under `name`.

    `expression` makes it from the slot of the reader's key, which is 0 for a stranger.
    """
    _brought[name] = expression


def item_or_404(request: HttpRequest, pk: int, *kinds: str, lock: bool = False, apart: bool = False) -> Item:
    """The item, with its author and space, if the reader may see it; else 404, whether it exists or not.

    One's own drafts and what one may restore are let in too. `kinds` narrows; `lock` holds the row until the end of
    the transaction, without blocking rows that point at it. What stands `apart` is no text of its own: nobody verifies,
    doubts, tags, ties or moves it, so that only those who ask for it let it in.
    """
    return (_LOCKED if lock else _ANY).open(request, pk, *kinds, apart=apart)


class Door:
    """A door whose question is composed once, for pages that are opened all day.

    `related` and the expressions of `also` come in the same query; with `brought`, what rooms above know as well. One
    that is `locked` holds the row, and brings nobody along.
    """

    def __init__(self, *related: str, brought: bool = False, locked: bool = False, **also: Any) -> None:
        def compose() -> ItemQuerySet:
            found = _asked().annotate(**also, **(_told() if brought else {}))
            if locked:
                return found.select_for_update(of=("self",), no_key=True)
            return found.select_related(*PEOPLE, *related)

        self._find = Prepared(compose, planned=EITHER)

    def open(self, request: HttpRequest, pk: int, *kinds: str, apart: bool = False) -> Item:
        """As `item_or_404`."""
        return _let_in(request, self._find.first(pk=pk, **asking(request.user, apart=True)), kinds, apart)


def _asked() -> ItemQuerySet:
    return Item.objects.visible_to_asker(unpublished=True).filter(pk=Slot("pk"))


def _told() -> dict[str, Any]:
    return {name: expression(Slot("reader")) for name, expression in _brought.items()}


_ANY = Door()
_LOCKED = Door(locked=True)


def _let_in(request: HttpRequest, item: Item | None, kinds: tuple[str, ...], apart: bool) -> Item:
    if item is None or (kinds and item.kind not in kinds) or (item.kind_of.apart and not apart):
        raise Http404
    space = sight.of(request.user).get(item.space_id)
    if space is not None:
        item.space = space
    return item
