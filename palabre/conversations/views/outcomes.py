"""What becomes of a message or a comment: an item of some kind, written at the desk, with a way back to where it was
said."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from palabre.conversations import outcomes
from palabre.kit import given
from palabre.kit.policy import require
from palabre.talk.doors import comment_or_404


@require_http_methods(["GET", "POST"])
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """`/comments/12/outcome/`: chooses the kind; a post opens the desk filled with what was said."""
    comment = comment_or_404(request, pk)
    require(request.user, "comment.become", comment)
    kinds = outcomes.kinds_for()
    if request.method == "POST":
        kind = given.text(request.POST, "kind")
        if kind not in {each.name for each in kinds}:
            raise Http404
        whole = "thread" in request.POST
        return redirect(outcomes.begin(comment, request.user, kind, whole=whole))
    has_answers = comment.thread_id is not None or comment.answers.exists()
    context = {"comment": comment, "item": comment.item, "kinds": kinds, "has_answers": has_answers}
    return render(request, "conversations/outcome.html", context)
