"""What can be followed, each behind its own door."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from palabre.items import kinds
from palabre.items.doors import item_or_404
from palabre.people.doors import person_or_404
from palabre.search.models import SavedSearch
from palabre.signals.models import HOUSE, ITSELF, House
from palabre.spaces import sight
from palabre.tags.models import Tag

Door = Callable[[HttpRequest, int], Any]


@dataclass(frozen=True)
class Sort:
    """One sort of what can be followed. `kinds`: what of it can be followed alone, "" for all of it. `field` says
    whether `Follow` names it by a field of that name; the house, of which there is one, has none."""

    door: Door
    kinds: Callable[[], Collection[str]] = lambda: ("",)
    field: bool = True


def _space_or_404(request: HttpRequest, pk: int) -> Any:
    if space := sight.of(request.user).spaces.get(pk):
        return space
    raise Http404


def _item_or_404(request: HttpRequest, pk: int) -> Any:
    return item_or_404(request, pk, apart=True)


def _tag_or_404(request: HttpRequest, pk: int) -> Any:
    if tag := Tag.objects.visible_to(request.user).filter(pk=pk).first():
        return tag
    raise Http404


def _search_or_404(request: HttpRequest, pk: int) -> Any:
    if found := SavedSearch.objects.filter(pk=pk, person=request.user.pk).first():
        return found
    raise Http404


def _house_or_404(request: HttpRequest, pk: int) -> House:
    """What concerns all of it reaches administrators alone."""
    if pk or not getattr(request.user, "is_admin", False):
        raise Http404
    return House()


SORTS = {
    "item": Sort(_item_or_404),
    "space": Sort(_space_or_404, lambda: ("", ITSELF, *(each.name for each in kinds.every() if not each.apart))),
    "tag": Sort(_tag_or_404),
    "author": Sort(person_or_404),
    "search": Sort(_search_or_404),
    HOUSE: Sort(_house_or_404, lambda: (ITSELF,), field=False),
}


def called(kind: str) -> Any:
    """The many of a kind, as its room calls them; of a thing itself, what happens to it."""
    return _("What happens to it") if kind == ITSELF else kinds.get(kind).label_plural


def thing_or_404(request: HttpRequest, name: str, pk: int, kind: str) -> tuple[Any, Mapping[str, Any]]:
    """The thing of that sort, if its door lets the reader in; and what it, or one `kind` in it, is in `Follow`."""
    sort = SORTS.get(name)
    if sort is None or kind not in sort.kinds():
        raise Http404
    found = sort.door(request, pk)
    return found, ({name: found} if sort.field else {}) | {"kind": kind}
