"""Where an item goes: another space, another page above it. Who gains and who loses sight is said before it is done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from palabre.authoring import completion, lifecycle, reach
from palabre.authoring.completion import SHOWN
from palabre.authoring.toasts import done
from palabre.items.doors import item_or_404
from palabre.items.models import Item, ItemQuerySet
from palabre.items.names import fold
from palabre.kit import given
from palabre.kit.policy import may, require
from palabre.spaces.difference import moving
from palabre.spaces.models import Space


class PlaceForm(forms.Form):
    """A space, and perhaps a page to stand under."""

    space = forms.TypedChoiceField(label=gettext_lazy("Space"))
    parent = forms.ModelChoiceField(label=gettext_lazy("Under"), queryset=Item.objects.none(), required=False)

    def __init__(self, data: Mapping[str, Any], *, spaces: Iterable[Space], pages: ItemQuerySet) -> None:
        super().__init__(data)
        by_slug = {space.slug: space for space in spaces}
        self.fields["space"].choices = [(slug, space.name) for slug, space in by_slug.items()]  # type: ignore[attr-defined]
        self.fields["space"].coerce = by_slug.__getitem__  # type: ignore[attr-defined]
        self.fields["parent"].queryset = pages  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Place:
    """A space, the page above, if one was found, and what its field says; `called` are all the pages called so, where
    they are several.
    """

    space: Space
    parent: Item | None
    typed: str
    called: Sequence[Item] = ()

    @property
    def is_unclear(self) -> bool:
        """Whether a page was named, and nobody can tell which."""
        return bool(self.typed) and self.parent is None


@login_required
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/move/`: looked at as often as one likes, then moved."""
    item = item_or_404(request, pk)
    require(request.user, "item.shape", item)
    if item.kind_of.within:  # it goes where its parent goes
        raise Http404
    choices, pages = reach.choices(request.user), _pages(request.user, item)
    data = request.POST or request.GET
    asked = data.get("parent", "") if data.get("space") else item.parent_id
    form = PlaceForm(
        {"space": data.get("space") or item.space.slug, "parent": asked},
        spaces=[choice.space for choice in choices],
        pages=pages,
    )
    chosen = form.cleaned_data.get("parent") if form.is_valid() else None
    space = form.cleaned_data.get("space") or item.space
    typed = given.text(data, "above") if "above" in data else chosen.title if chosen else ""
    if request.method == "GET" and request.htmx and request.htmx.target != "moves":  # type: ignore[attr-defined]
        return render(request, "authoring/options.html", {"options": _options(pages, item, space, typed)})
    meant = _meant(pages, chosen, space, typed)
    if request.method == "POST" and form.is_valid() and not meant.is_unclear:
        require(request.user, "space.write", meant.space)
        try:
            item = lifecycle.move(item, request.user, meant.space, meant.parent)
        except lifecycle.Misplaced:
            form.add_error("parent", _("A page cannot stand under itself."))
        else:
            done(request, _("Moved to %(space)s.") % {"space": meant.space.name})
            return redirect(item)
    context = _effect(item, meant, request.user) | {
        "options": _options(pages, item, meant.space, ""),
        "refused": [error for errors in form.errors.values() for error in errors] if request.method == "POST" else [],
        "choices": choices,
        "above": pages.filter(pk=item.parent_id).first() if item.parent_id else None,
        "asked": bool(data.get("space")),
    }
    return render(request, "authoring/move.html", context, status=200 if request.method == "GET" else 422)


def _pages(person: Any, item: Item) -> ItemQuerySet:
    """Those of its kind that `person` sees, each with the title of the page above it."""
    pages = Item.objects.visible_to(person).filter(kind=item.kind).exclude(pk=item.pk)
    above = Item.objects.visible_to(person).filter(pk=OuterRef("parent")).order_by()
    named = pages.annotate(above=Subquery(above.values("title")[:1]))
    return named.only("pk", "title", "space", "kind").order_by("title", "pk")


def _options(pages: ItemQuerySet, item: Item, space: Space, typed: str) -> list[tuple[str, str]]:
    """The titles of a space that hold what is typed, of pages below which it can stand."""
    under = [item.pk, *(each.pk for each in lifecycle.descendants(item))]
    return [(page.title, "") for page in completion.by_title(pages.filter(space=space).exclude(pk__in=under), typed)]


def _meant(pages: ItemQuerySet, chosen: Item | None, space: Space, typed: str) -> Place:
    """The page above that was chosen, while its field still says so; else the one of that space that is called so."""
    parent = chosen if chosen and fold(chosen.title) == fold(typed) else None
    if not typed or (parent and parent.space_id == space.pk):
        return Place(space, parent, typed)
    called = list(pages.filter(space=space, names__current=True, names__key=fold(typed)).distinct()[:SHOWN])
    if len(called) == 1:
        return Place(space, called[0], typed)
    if parent and not called:  # it stays behind in its space
        return Place(space, None, "")
    return Place(space, None, typed, called)


def _effect(item: Item, place: Place, person: Any) -> dict[str, Any]:
    """What moving it there would change, for the page."""
    below = lifecycle.carried(item, person) if place.space != item.space else []
    return {
        "item": item,
        "space": item.space,
        "target": place.space,
        "parent": place.parent,
        "typed": place.typed,
        "wrong": place.is_unclear,
        "called": place.called,
        "change": moving(item.space, place.space, person),
        "below": len(below),
        "stuck": sum(not may(person, "item.shape", each) for each in below),
    }
