"""What happens to a whole item, each as a noun of its own: publication, archive, trash, owner."""

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palabre.authoring import lifecycle
from palabre.authoring.completion import SHOWN
from palabre.authoring.toasts import done, done_with_undo
from palabre.items.doors import item_or_404
from palabre.items.models import Item, State
from palabre.kit import given, panels
from palabre.kit.paging import page
from palabre.kit.policy import require
from palabre.spaces.doors import space_or_404
from palabre.spaces.readership import readers
from palabre.spaces.views.spaces import frame


@require_GET
def address(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/`: leads to the item, whatever its kind and its title."""
    return redirect(item_or_404(request, pk, apart=True))


@login_required
@require_POST
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/publication/`: a draft, or what waits for its hour, appears now."""
    item = item_or_404(request, pk)
    require(request.user, "item.edit", item)
    item = lifecycle.publish_now(item, request.user)
    done_with_undo(request, _("Published."), "authoring:withdrawal", pk)
    return redirect(item)


@login_required
@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/withdrawal/`: undoes a publication, or an appointment for one.

    Where others have said something of it already, it asks first, and says what becomes of that.
    """
    item = item_or_404(request, pk)
    require(request.user, "item.edit" if item.state == State.SCHEDULED else "item.withdraw", item)
    if request.method == "GET" or not request.POST.get("sure"):
        said = panels.render(request, "item.withdrawal", {"item": item}) if item.state == State.PUBLISHED else []
        if request.method == "GET":
            return render(request, "authoring/withdrawal.html", {"item": item, "space": item.space, "said": said})
        if said:
            return redirect("authoring:withdrawal", pk=pk)
    was_read = item.state == State.PUBLISHED
    lifecycle.withdraw(item, request.user)
    if was_read:
        done(
            request,
            _("It is a draft again, which only you read. What others said of it waits with it until you publish."),
        )
    else:
        done(request, _("Nobody reads it any more: it is a draft again."))
    return redirect("authoring:edit", pk=pk)


@login_required
@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/archive/`: into the archive, or with `out`, out of it."""
    item = item_or_404(request, pk)
    out = bool(request.POST.get("out"))
    require(request.user, "item.unarchive" if out else "item.shape", item)
    if out:
        item = lifecycle.unarchive(item, request.user)
        done(request, _("Current again."))
    else:
        item = lifecycle.archive(item, request.user)
        done_with_undo(request, _("Archived: it can still be read and found."), "authoring:archive", pk, out=1)
    return redirect(item)


@login_required
@require_POST
def trash(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/trash/`: into the trash, or with `out`, out of it as it was."""
    item = item_or_404(request, pk)
    require(request.user, "item.shape", item)
    if request.POST.get("out"):
        item = lifecycle.restore(item, request.user)
        done(request, _("Restored as it was."))
        return redirect(item)
    lifecycle.trash(item, request.user)
    done_with_undo(request, _("In the trash."), "authoring:trash", pk, out=1)
    return redirect(item.space)


@login_required
@require_GET
def thrown_away(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/trash/`: what one may bring back: all of it for stewards, their own for others."""
    space = space_or_404(request, slug)
    items = Item.objects.visible_to(request.user, unpublished=True).filter(space=space, state=State.TRASHED)
    context = frame(request, space) | {"items": page(items.for_lists(), request, order=("-updated_at", "-id"))}
    return render(request, "authoring/trash.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def ownership(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/owner/`: who answers for the content."""
    item = item_or_404(request, pk)
    require(request.user, "item.shape", item)
    people = readers(item.space).visible_to(request.user).order_by("name", "pk")
    said = request.POST or request.GET
    typed = (given.text(said, "chosen") or given.text(said, "owner")).removeprefix("@")
    if request.htmx and request.method == "GET":  # type: ignore[attr-defined]
        near = people.filter(Q(handle__istartswith=typed) | Q(name__icontains=typed))[:SHOWN]
        return render(request, "authoring/options.html", {"options": [(each.handle, each.name) for each in near]})
    shown = item.owner.handle if item.owner else ""
    context = {"item": item, "space": item.space, "typed": typed if request.method == "POST" else shown}
    context["options"] = [(each.handle, each.name) for each in people[:SHOWN]]
    if request.method == "POST":
        if item.owner and typed in (item.owner.handle, item.owner.name):
            return redirect(item)
        called = list(people.filter(Q(handle__iexact=typed) | Q(name__iexact=typed))[:SHOWN]) if typed else []
        meant = [each for each in called if each.handle == typed] or called
        if typed and len(meant) != 1:
            return render(request, "authoring/owner.html", context | {"wrong": True, "called": meant}, status=422)
        owner = meant[0] if meant else None
        item = lifecycle.name_owner(item, request.user, owner)
        done(request, _("%(name)s answers for it.") % {"name": owner.name} if owner else _("Nobody answers for it."))
        return redirect(item)
    return render(request, "authoring/owner.html", context)
