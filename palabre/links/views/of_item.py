"""All links of one item; tying and untying by hand; putting a new title into other texts; the map."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palabre.items.doors import item_or_404
from palabre.items.models import Item, Name
from palabre.items.names import fold
from palabre.kit import given
from palabre.kit.paging import page
from palabre.kit.policy import may, require
from palabre.links import rewriting, surroundings, ties
from palabre.links.forms import Tying
from palabre.links.models import Link, OutsideLink, Type

CANDIDATES = 8
LISTED = 200
LONG = {end: [f"{end}__{name}" for name in ("body", "html", "outline")] for end in ("source", "target")}


@require_http_methods(["GET", "POST"])
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """Where an item is cited, with the sentences, what it is tied to, what it cites; and a form to tie it."""
    item = item_or_404(request, pk)
    form = Tying(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(request.user, "item.tag", item)
        if form.is_valid():
            other = item_or_404(request, form.cleaned_data["other"])
            kind, backwards = form.cleaned_data["words"]
            ends = (other, item) if backwards else (item, other)
            if kind is Type.SUPERSEDES:  # it says of the target that one had better read something else
                require(request.user, "item.tag", ends[1])
            if other == item:
                form.add_error("other", _("That is this very item. Choose another one."))
            elif kind is Type.LED_TO and not may(request.user, "link.lead", ends[0]):
                form.add_error(
                    "words", _("Who writes there says what it led to. You can say that the two are related.")
                )
            else:
                Link.tie(ends[0], kind, ends[1], request.user)
                return redirect("links:links", item.pk)
    asked = given.text(request.POST, "q") or given.text(request.GET, "q")
    seen = Item.objects.visible_to(request.user).order_by().values("pk")
    cited = Link.objects.in_text().filter(target=item, source__in=seen).exclude(source=item)
    cites = Link.objects.in_text().filter(source=item, target__in=seen).exclude(target=item).select_related("target")
    cites = cites.defer(*LONG["target"]).order_by("target_id", "pk").distinct("target_id")
    outside = OutsideLink.objects.filter(source=item).select_related("outside").order_by("pk")
    may_tie = may(request.user, "item.tag", item)
    context = {
        "item": item,
        "ties": ties.load(request.user, item, joined=LISTED, before=given.number(request.GET, "before")),
        "page": page(
            cited.select_related("source", "source__space").defer(*LONG["source"]), request, ("-source_id", "id"), 50
        ),
        "cites": _part(request, "cites", cites, "target_id"),
        "outside": _part(request, "outside", outside, "pk"),
        "form": form,
        "q": asked,
        "candidates": candidates(request, item, asked),
        "may_tie": may_tie,
        "called_formerly": _called_formerly(request, item) if may_tie else 0,
    }
    return render(request, "links/links.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Part:
    """Some of a list, how many come after them, and after which number: `?<list>=<last>`."""

    rows: list[Any]
    further: int
    last: int


def _part(request: HttpRequest, name: str, links: QuerySet[Any], key: str) -> Part:
    """The links after the number that the address gives for the list `name`; they are ordered by `key`."""
    where = given.number(request.GET, name)
    rows = list((links.filter(**{f"{key}__gt": where}) if where is not None else links)[: LISTED + 1])
    if len(rows) <= LISTED:
        return Part(rows, 0, 0)
    last = getattr(rows[LISTED - 1], key)
    return Part(rows[:LISTED], links.filter(**{f"{key}__gt": last}).count(), last)


def _called_formerly(request: HttpRequest, item: Item) -> int:
    """How many texts by a former name the reader could rewrite."""
    texts = rewriting.texts(item, request.user).defer("body", "html", "outline")
    return sum(may(request.user, "item.edit", text) for text in texts[:LISTED])


@require_GET
def picker(request: HttpRequest, pk: int) -> HttpResponse:
    """Items to choose from while one types a title."""
    item = item_or_404(request, pk)
    asked = given.text(request.GET, "q")
    return render(request, "links/candidates.html", {"candidates": candidates(request, item, asked), "q": asked})


def candidates(request: HttpRequest, item: Item, asked: str) -> list[Item]:
    """Visible items whose title, or another name, holds what is asked; those called exactly so first, then those that
    begin so."""
    key = fold(asked)
    if len(key) < 2:
        return []
    names = Name.objects.filter(item=OuterRef("pk"))
    found = Item.objects.visible_to(request.user).filter(pk__in=Name.objects.filter(key__contains=key).values("item"))
    near = (
        found.exclude(pk=item.pk)
        .for_lists()
        .annotate(
            exact=Exists(names.filter(key=key)),
            begins=Exists(names.filter(key__startswith=key)),
            length=Length("title"),
        )
    )
    return list(near.order_by("-exact", "-begins", "length", "-pk")[:CANDIDATES])


@require_POST
def untie(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a link by hand away, from either of its ends."""
    link = Link.objects.typed().visible_to(request.user).select_related("source", "target").filter(pk=pk).first()
    if link is None or link.target is None:
        raise Http404
    ends = [item_or_404(request, link.source_id), item_or_404(request, link.target_id)]  # type: ignore[arg-type]
    here = next((end for end in ends if may(request.user, "item.tag", end)), None)
    require(request.user, "item.tag", here or ends[0])
    link.untie(request.user)
    back = given.number(request.POST, "back")
    return redirect("links:links", back if back in {end.pk for end in ends} else ends[0].pk)


@require_POST
def rewrite(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts the present title into the texts that still use a former one."""
    item = item_or_404(request, pk)
    require(request.user, "item.tag", item)
    done = rewriting.rewrite(item, request.user)
    said = ngettext("%(number)s text now uses the new title.", "%(number)s texts now use the new title.", done)
    messages.success(request, said % {"number": done} if done else _("There was nothing to rewrite."))
    return redirect("links:links", item.pk)


@require_GET
def map(request: HttpRequest, pk: int) -> HttpResponse:
    """The neighbourhood of an item, drawn and as a list."""
    item = item_or_404(request, pk)
    if not item.is_readable:
        raise Http404
    drawn = surroundings.of(request.user, item)
    near = [(other, drawn.words_for(other)) for other in drawn.first]
    return render(request, "links/map.html", {"item": item, "map": drawn, "near": near})
