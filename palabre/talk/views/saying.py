"""The discussion of an item, a new comment, an answer, the permanent address of a comment."""

from contextlib import suppress
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import reswap, retarget

from palabre.authoring.files.keeping import Unwelcome
from palabre.items.doors import item_or_404
from palabre.kit import given
from palabre.kit.policy import require
from palabre.talk import discussion
from palabre.talk.doors import comment_or_404
from palabre.talk.forms import Answer, Saying
from palabre.talk.models import Comment


@require_http_methods(["GET", "POST"])
def of_item(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is said about an item, and saying something more."""
    item = item_or_404(request, pk)
    form = Saying(item, request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(request.user, "item.comment", item)
        if form.is_valid():
            comment = Comment.say(item, request.user, form.cleaned_data["body"], anchor=form.anchor)
            if not request.htmx:  # type: ignore[attr-defined]
                return redirect(comment)
            return _section(request, comment)
        if request.htmx:  # type: ignore[attr-defined]
            response = render(request, "talk/form.html", {"item": item, "form": form}, status=422)
            return in_place_of(response, "#comment-form")
    talk = discussion.load(request.user, item, since=given.number(request.GET, "thread") or 0)
    if request.htmx and request.method == "GET":  # type: ignore[attr-defined]
        return render(request, "talk/threads.html", {"item": item, "talk": talk})
    context = {"item": item, "talk": talk, "form": form}
    return render(request, "talk/page.html", context, status=422 if form.errors else 200)


def _section(request: HttpRequest, fresh: Comment) -> HttpResponse:
    """The discussion with a new comment on it, which takes the focus."""
    item = fresh.item
    talk = discussion.load(request.user, item, since=_page_of(fresh))
    context = {"item": item, "talk": talk, "form": Saying(item, request.user), "fresh": fresh.pk}
    return render(request, "talk/panels/discussion.html", context)


def _page_of(comment: Comment) -> int:
    """The thread with which to begin the page so that the newest stands on it: zero while all fit."""
    openings = Comment.objects.filter(item=comment.item, thread=None).order_by("-pk").values_list("pk", flat=True)
    latest = list(openings[: discussion.THREADS + 1])
    return latest[discussion.THREADS - 1] if len(latest) > discussion.THREADS else 0


@require_GET
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A form for a comment on a passage, which the reader's selection fills in, or the reader by hand."""
    item = item_or_404(request, pk)
    require(request.user, "item.comment", item)
    initial = {name: given.text(request.GET, name, 600) for name in ("quote", "before", "after")}
    context = {"item": item, "form": Saying(item, request.user, initial=initial), "on_passage": True}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "talk/form.html", context)
    return render(request, "talk/new.html", context)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """An answer to a comment, in its thread."""
    parent = comment_or_404(request, pk)
    require(request.user, "comment.answer", parent)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = (Answer if parent.item.kind_of.apart else Saying)(parent.item, request.user, *posted, auto_id=f"%s-{pk}")
    if request.method == "POST" and form.is_valid():
        with suppress(Unwelcome), transaction.atomic():
            said = Comment.say(parent.item, request.user, form.text(), parent=parent)
            return thread_or_redirect(request, said)
    return asked(request, {"item": parent.item, "comment": parent, "form": form})


def asked(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The form of an answer or an edit: in place, or a page of its own; with 422 and what was typed, if it erred."""
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "talk/answer.html", context, status=422 if context["form"].errors else 200)
    if not context["form"].errors:
        return render(request, "talk/answer_form.html", context)
    response = render(request, "talk/answer_form.html", context, status=422)
    return in_place_of(response, f"#answer-form-{context['comment'].pk}")


def in_place_of(response: HttpResponse, form: str) -> HttpResponse:
    """The response takes the place of a form, whatever the form's own target is."""
    return reswap(retarget(response, form), "outerHTML")


@require_GET
def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the comment where it stands: under its item, or on the page of its long thread."""
    comment = comment_or_404(request, pk)
    earlier = Comment.objects.filter(item=comment.item, thread=None, pk__lt=comment.opening).count()
    before = Comment.objects.filter(thread=comment.thread, pk__lt=comment.pk).count() if comment.thread_id else 0
    if before >= discussion.ANSWERS:
        return redirect(f"/comments/{comment.opening}/thread/#comment-{comment.pk}")
    if comment.item.kind_of.apart:
        return redirect(f"{comment.item.get_absolute_url()}?thread={comment.opening}#comment-{comment.pk}")
    if earlier >= discussion.THREADS:
        return redirect(f"/items/{comment.item_id}/comments/?thread={comment.opening}#comment-{comment.pk}")
    return redirect(f"{comment.item.get_absolute_url()}#comment-{comment.pk}")


@require_GET
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """A thread with all of its answers."""
    comment = comment_or_404(request, pk)
    talk = discussion.load(request.user, comment.item, only=comment.opening)
    context = {"item": comment.item, "thread": talk.threads[0], "talk": talk}
    return render(request, "talk/thread_alone.html" if request.htmx else "talk/thread_page.html", context)  # type: ignore[attr-defined]


def thread_or_redirect(request: HttpRequest, comment: Comment) -> HttpResponse:
    """What to answer after a change: the whole thread in place, or the way to the comment."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(comment)
    talk = discussion.load(request.user, comment.item, only=comment.opening)
    context = {"item": comment.item, "thread": talk.threads[0], "talk": talk, "fresh": comment.pk}
    return render(request, "talk/thread_alone.html", context)
