"""What happens to a whole item, each as a noun of its own: publication, archive, trash, place, owner."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palabre.authoring import completion, lifecycle, reach
from palabre.authoring.completion import SHOWN
from palabre.authoring.toasts import done, done_with_undo
from palabre.items.doors import item_or_404
from palabre.items.models import Item, ItemQuerySet, State
from palabre.items.names import fold
from palabre.kit import given, panels
from palabre.kit.paging import page
from palabre.kit.policy import may, require
from palabre.spaces.difference import moving
from palabre.spaces.doors import space_or_404
from palabre.spaces.models import Space
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
    require(request.user, "item.shape", item)
    if request.POST.get("out"):
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


class PlaceForm(forms.Form):
    """Where an item goes: a space, and perhaps a page to stand under."""

    space = forms.TypedChoiceField(label=gettext_lazy("Space"))
    parent = forms.ModelChoiceField(label=gettext_lazy("Under"), queryset=Item.objects.none(), required=False)


@login_required
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/move/`: to another place. Who gains and who loses sight is said before it is done."""
    item = item_or_404(request, pk)
    require(request.user, "item.shape", item)
    if item.kind_of.within:  # it goes where its parent goes
        raise Http404
    choices = reach.choices(request.user)
    data = request.POST or request.GET
    under = [item.pk, *(each.pk for each in lifecycle.descendants(item))]
    asked = data.get("parent", "") if data.get("space") else item.parent_id
    form = PlaceForm({"space": data.get("space") or item.space.slug, "parent": asked})
    spaces = {choice.space.slug: choice.space for choice in choices}
    form.fields["space"].choices = [(slug, space.name) for slug, space in spaces.items()]  # type: ignore[attr-defined]
    form.fields["space"].coerce = spaces.__getitem__  # type: ignore[attr-defined]
    form.fields["parent"].queryset = _parents(request, item)  # type: ignore[attr-defined]
    if not form.is_valid():
        form.cleaned_data = {**form.cleaned_data, "parent": None}
    target = form.cleaned_data.get("space") or item.space
    parent = form.cleaned_data.get("parent")
    typed = given.text(data, "above") if "above" in data else parent.title if parent else ""
    pages = _parents(request, item).filter(space=target)
    if request.htmx and request.method == "GET":  # type: ignore[attr-defined]
        near = completion.by_title(pages.exclude(pk__in=under), typed)
        return render(request, "authoring/options.html", {"options": [(page.title, "") for page in near]})
    parent, typed, called = _above(pages, parent, target, typed)
    wrong = bool(typed) and parent is None
    if request.method == "POST" and form.is_valid() and not wrong:
        require(request.user, "space.write", target)
        try:
            item = lifecycle.move(item, request.user, target, parent)
        except lifecycle.Misplaced:
            form.add_error("parent", _("A page cannot stand under itself."))
        else:
            done(request, _("Moved to %(space)s.") % {"space": target.name})
            return redirect(item)
    below = lifecycle.carried(item, request.user) if target != item.space else []
    above = _parents(request, item).filter(pk=item.parent_id).first() if item.parent_id else None
    context = {
        "item": item,
        "space": item.space,
        "target": target,
        "parent": parent,
        "above": above,
        "typed": typed,
        "wrong": wrong,
        "called": called,
        "options": [(page.title, "") for page in completion.by_title(pages.exclude(pk__in=under), "")],
        "refused": [error for errors in form.errors.values() for error in errors] if request.method == "POST" else [],
        "choices": choices,
        "change": moving(item.space, target, request.user),
        "below": len(below),
        "stuck": sum(not may(request.user, "item.shape", each) for each in below),
        "asked": bool(data.get("space")),
    }
    return render(request, "authoring/move.html", context, status=200 if request.method == "GET" else 422)


def _above(pages: ItemQuerySet, parent: Item | None, target: Space, typed: str) -> tuple[Item | None, str, list[Item]]:
    """The page of the space `target` that is meant, what its field says, and if several are called so, these."""
    chosen = parent if parent and fold(parent.title) == fold(typed) else None
    if not typed or (chosen and chosen.space_id == target.pk):
        return chosen, typed, []
    called = list(pages.filter(names__current=True, names__key=fold(typed)).distinct()[:SHOWN])
    if len(called) == 1:
        return called[0], typed, []
    if chosen and not called:  # it stays behind in its space
        return None, "", []
    return None, typed, called


def _parents(request: HttpRequest, item: Item) -> ItemQuerySet:
    pages = Item.objects.visible_to(request.user).filter(kind=item.kind).exclude(pk=item.pk)
    above = Item.objects.visible_to(request.user).filter(pk=OuterRef("parent")).order_by()
    named = pages.annotate(above=Subquery(above.values("title")[:1]))
    return named.only("pk", "title", "space", "kind").order_by("title", "pk")


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
