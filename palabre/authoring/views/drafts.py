"""Drafts: saved while one types, listed, thrown away; and what the editor asks meanwhile."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from palabre.authoring import drafting
from palabre.authoring.completion import suggestions
from palabre.authoring.editor import Desk
from palabre.authoring.models import Draft
from palabre.authoring.preview import previewed
from palabre.authoring.toasts import done, done_with_undo
from palabre.items.doors import item_or_404
from palabre.items.models import Item, State
from palabre.kit import given
from palabre.kit.policy import may, require
from palabre.kit.times import hour
from palabre.spaces import sight


@login_required
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """`/write/drafts/`: what one has begun, and what waits for its hour."""
    drafts = list(Draft.objects.of(request.user)[:100])
    begun = {draft.item_id for draft in drafts}
    seen = Item.objects.visible_to(request.user, unpublished=True).filter(pk__in=[pk for pk in begun if pk])
    theirs = {item.pk for item in seen.select_related("space") if may(request.user, "item.edit", item)}
    spaces = sight.of(request.user).spaces
    for draft in drafts:
        draft.goes_on = draft.item_id is None or draft.item_id in theirs  # type: ignore[attr-defined]
        draft.where = spaces.get(draft.space_id)  # type: ignore[attr-defined,arg-type]
    waiting = (
        Item.objects.visible_to(request.user, unpublished=True)
        .filter(author=request.user.pk, state__in=(State.DRAFT, State.SCHEDULED))
        .exclude(pk__in=[pk for pk in begun if pk])
        .for_lists()
        .order_by("-updated_at", "-pk")[:100]
    )
    return render(request, "authoring/drafts.html", {"drafts": drafts, "waiting": waiting})


@login_required
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """`/write/draft/`: saves what the editor holds, by itself while one types, by its button where no script runs."""
    item = _item(request)
    desk, by_hand = Desk(request, item), request.POST.get("action") == "draft"
    content = desk.content()
    try:
        draft = drafting.keep(
            request.user,
            content,
            draft=given.number(request.POST, "draft"),
            item=item,
            stamp=request.POST.get("stamp", ""),
        )
    except drafting.Elsewhere:
        told = _("Not saved: this text was changed in another window.")
        if by_hand:
            desk.read(request.POST)
            messages.error(request, told)
            return desk.answer(status=409)
        return JsonResponse({"state": "elsewhere", "told": told}, status=409)
    if by_hand:
        done(request, _("The draft is kept: nobody else reads it."))
        return redirect(draft)
    return JsonResponse(
        {
            "state": "saved",
            "told": _("Draft saved at %(hour)s") % {"hour": hour(draft.updated_at)},
            "draft": draft.pk,
            "stamp": draft.stamp,
        }
    )


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """`/write/drafts/3/`: its writer throws a draft away, or with `out`, brings it back as it was."""
    draft = get_object_or_404(Draft.with_thrown_away.of(request.user), pk=pk)
    if request.POST.get("out"):
        if drafting.bring_back(draft):
            done(request, _("Restored as it was."))
            return redirect(draft)
        messages.error(request, _("You have begun another draft there since; the one thrown away is kept for a month."))
        return redirect("authoring:drafts")
    item = draft.item if draft.item and drafting.goes_on(draft, request.user) else None
    drafting.throw_away(draft)
    done_with_undo(request, _("The draft is gone."), "authoring:discard", pk, out=1)
    return redirect(item if item and item.state != State.DRAFT else "authoring:drafts")


@login_required
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """`/write/preview/`: a fragment, the text as its readers will see it."""
    item = _item(request)
    found = previewed(request, Desk(request, item).content(), item)
    return render(request, "authoring/preview.html", {"preview": found})


@login_required
@require_GET
def complete(request: HttpRequest) -> HttpResponse:
    """`/write/complete/?mark=@&q=co`: what may be meant, among what the writer may see."""
    found = suggestions(given.text(request.GET, "mark"), request.user, given.text(request.GET, "q"))
    return JsonResponse(
        {
            "suggestions": [
                {"insert": each.insert, "label": each.label, "hint": each.hint, "outside": each.outside}
                for each in found
            ]
        }
    )


def _item(request: HttpRequest) -> Item | None:
    if not (number := given.number(request.POST, "item")):
        return None
    item = item_or_404(request, number)
    require(request.user, "item.edit", item)
    return item
