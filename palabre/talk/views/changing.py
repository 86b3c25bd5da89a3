"""Changing what was said: editing, deleting and bringing back, resolving; what stood before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palabre.kit.policy import require
from palabre.talk.doors import comment_or_404
from palabre.talk.forms import Saying
from palabre.talk.views.saying import asked, thread_or_redirect


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The author says it otherwise."""
    comment = comment_or_404(request, pk)
    require(request.user, "comment.edit", comment)
    posted = request.POST if request.method == "POST" else None
    form = Saying(comment.item, request.user, posted, initial={"body": comment.body})
    if request.method == "POST" and form.is_valid():
        comment.edit(request.user, form.cleaned_data["body"])
        return thread_or_redirect(request, comment)
    return asked(request, {"item": comment.item, "comment": comment, "form": form, "editing": True})


@require_POST
def deletion(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a comment back; with `undo`, brings it back."""
    comment = comment_or_404(request, pk)
    if "undo" in request.POST:
        require(request.user, "comment.restore", comment)
        comment.restore(request.user)
    else:
        require(request.user, "comment.delete", comment)
        comment.delete_by(request.user)
    return thread_or_redirect(request, comment)


@require_POST
def resolution(request: HttpRequest, pk: int) -> HttpResponse:
    """What a thread asked for is done; with `undo`, it is not."""
    comment = comment_or_404(request, pk)
    require(request.user, "comment.resolve", comment)
    if "undo" in request.POST:
        comment.reopen(request.user)
    else:
        comment.resolve(request.user)
    return thread_or_redirect(request, comment)


@require_GET
def earlier(request: HttpRequest, pk: int) -> HttpResponse:
    """What a comment said before it was edited, for whoever may read it."""
    comment = comment_or_404(request, pk)
    before = [] if comment.deleted_at else comment.earlier.select_related("by")
    return render(request, "talk/earlier.html", {"comment": comment, "item": comment.item, "earlier": before})
