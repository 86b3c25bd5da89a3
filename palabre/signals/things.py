"""What can be followed, each behind its own door."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest

from palabre.items.doors import item_or_404
from palabre.people.doors import person_or_404
from palabre.search.models import SavedSearch
from palabre.signals.models import HOUSE, House
from palabre.spaces import sight
from palabre.tags.models import Tag

Door = Callable[[HttpRequest, int], Any]


def _space_or_404(request: HttpRequest, pk: int) -> Any:
    if space := sight.of(request.user).spaces.get(pk):
        return space
    raise Http404


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


DOORS: dict[str, Door] = {
    "item": item_or_404,
    "space": _space_or_404,
    "tag": _tag_or_404,
    "author": person_or_404,
    "search": _search_or_404,
    HOUSE: _house_or_404,
}


def thing_or_404(request: HttpRequest, name: str, pk: int) -> Any:
    """The thing, if its door lets the reader in; `name` is that of its field in `Follow`, or of the house."""
    if name not in DOORS:
        raise Http404
    return DOORS[name](request, pk)
