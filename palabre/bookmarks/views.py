"""Bookmarks: keeping an address, its page, those of a space."""

from typing import Any
from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palabre.authoring import reach, showing
from palabre.authoring.toasts import done
from palabre.bookmarks import company, keeping
from palabre.bookmarks.forms import Keeping
from palabre.bookmarks.models import Bookmark
from palabre.bookmarks.troubles import sentence
from palabre.items.doors import item_or_404
from palabre.items.models import Item, State
from palabre.kit import given
from palabre.kit.paging import page
from palabre.kit.policy import may, require
from palabre.spaces import nowhere
from palabre.spaces.doors import space_or_404
from palabre.spaces.views.spaces import frame

BOOKMARKS = showing.door("bookmark", company=company.in_brief(Item.objects.visible_to_asker()))


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`/bookmarks/new/`: keeps an address; `?address=&title=&note=&space=` say what is known already."""
    choices = reach.choices(request.user)
    spaces = [choice.space for choice in choices]
    elsewhere = False
    if request.method == "POST":
        form = Keeping(request.POST, spaces=spaces)
        if form.is_valid():
            return _kept(request, form.cleaned_data)
    else:
        asked = {name: request.GET.get(name, "") for name in ("address", "title", "note", "space")}
        if asked["space"] not in [space.slug for space in spaces]:
            elsewhere = bool(asked["space"])
            usual = None if elsewhere else reach.usual(spaces)
            asked["space"] = usual.slug if usual else ""
        form = Keeping(initial=asked, spaces=spaces)
    here = request.build_absolute_uri(request.path)
    context = {
        "form": form,
        "values": {"space": form["space"].value()},
        "elsewhere": elsewhere,
        **reach.sides(choices),
        "bookmarklet": bookmarklet(here),
        **nowhere.ways(request.user),
    }
    return render(request, "bookmarks/new.html", context, status=422 if form.is_bound else 200)


def _kept(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    require(request.user, "space.write", given["space"])
    item, is_new = keeping.keep(given["space"], request.user, given["address"], given["title"], given["note"])
    done(request, _("Kept.") if is_new else _("It was kept here already; you are among those who keep it."))
    return redirect(item)


def bookmarklet(address: str) -> str:
    """What a browser's bookmarks bar holds to keep the page one is reading."""
    script = (
        f"location.href='{address}?address='+encodeURIComponent(location.href)"
        "+'&title='+encodeURIComponent(document.title)"
        "+'&note='+encodeURIComponent(String(getSelection()).slice(0,500))"
    )
    return "javascript:" + quote(script, safe="!()'*+,;=:@/?&.")


def _bookmark(request: HttpRequest, pk: int) -> Bookmark:
    item = item_or_404(request, pk, "bookmark")
    bookmark: Bookmark = item.bookmark  # type: ignore[attr-defined]
    return bookmark


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """`/bookmarks/12-un-titre/`; one that turned out to be the same page as an elder leads there."""
    item = BOOKMARKS.open(request, pk, "bookmark")
    joined = item.extras.get("joined")
    if (
        joined
        and item.state == State.TRASHED
        and (elder := Item.objects.visible_to(request.user).filter(pk=joined).first())
    ):
        return redirect(elder)
    return showing.show(request, item, **_around(request, item))


def _around(request: HttpRequest, item: Item) -> dict[str, Any]:
    bookmark: Bookmark = item.bookmark  # type: ignore[attr-defined]
    around = company.of(item, request.user)
    return {
        "bookmark": bookmark,
        "trouble": sentence(bookmark.trouble) if bookmark.trouble else "",
        "savers": around.savers,
        "mine": around.saver(request.user),
        "elsewhere": around.elsewhere,
        "may_save": may(request.user, "bookmark.save", bookmark),
    }


@require_http_methods(["GET", "POST"])
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """`/bookmarks/12/reading/`: what was read of the page, as a fragment; a post has it read again."""
    bookmark = _bookmark(request, pk)
    if request.method == "POST":
        require(request.user, "bookmark.read", bookmark)
        if not bookmark.is_waiting:
            bookmark.read_again(request.user)
        return redirect(bookmark.item)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(bookmark.item)
    return render(request, "bookmarks/page.html", {"item": bookmark.item, **_around(request, bookmark.item)})


@require_POST
def saving(request: HttpRequest, pk: int) -> HttpResponse:
    """`/bookmarks/12/saving/`: keeps it too, with a note; a second time changes the note."""
    bookmark = _bookmark(request, pk)
    require(request.user, "bookmark.save", bookmark)
    bookmark.save_for(request.user, given.text(request.POST, "note", 500), anew=True)
    return redirect(bookmark.item)


@login_required
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """`/bookmarks/12/release/`: keeps it no longer; it stays for the others."""
    bookmark = _bookmark(request, pk)
    bookmark.release(request.user)
    return redirect(bookmark.item)


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/bookmarks/`: the addresses kept in a space, the latest first."""
    space = space_or_404(request, slug)
    items = Item.objects.visible_to(request.user).published().of_kind("bookmark").filter(space=space)
    listed = page(items.select_related("author", "author__organisation", "bookmark").defer("body", "html"), request)
    return render(request, "bookmarks/of_space.html", {**frame(request, space), "page": listed})
