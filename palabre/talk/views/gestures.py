"""Gestures towards an item or a comment, made and taken back."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from palabre.items.doors import item_or_404
from palabre.items.models import Item
from palabre.kit.policy import require
from palabre.talk import discussion, drawing
from palabre.talk.doors import comment_or_404
from palabre.talk.models import Comment, Gesture, Reaction


@require_POST
def towards_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a gesture towards an item, or takes it back."""
    return _toggle(request, item_or_404(request, pk), None)


@require_POST
def towards_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a gesture towards a comment, or takes it back."""
    comment = comment_or_404(request, pk)
    require(request.user, "comment.answer", comment)
    return _toggle(request, comment.item, comment)


def _toggle(request: HttpRequest, item: Item, comment: Comment | None) -> HttpResponse:
    require(request.user, "item.comment", item)
    if request.POST.get("gesture") not in Gesture.values:
        return HttpResponseBadRequest()
    Reaction.toggle(item, comment, Gesture(request.POST["gesture"]), request.user)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(comment or item)
    gestures = discussion.gestures_towards(item, request.user, comment)
    return HttpResponse(drawing.gestures(item, comment, gestures, may_gesture=True))
