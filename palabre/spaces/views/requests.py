"""Asking for access: a request to the stewards, who grant or refuse with a word."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palabre.kit.clock import now
from palabre.kit.policy import may, require
from palabre.spaces import sight
from palabre.spaces.doors import space_or_404
from palabre.spaces.forms import Answer, Asking
from palabre.spaces.models import Request, Role, Space
from palabre.spaces.views.spaces import frame

A_DAY = 20
"""Requests one person may make in a day."""


@login_required
@require_http_methods(["GET", "POST"])
def access(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks for a role, in a space one reads or in one whose name one may know."""
    space = Space.objects.filter(Q(slug=slug) | Q(former_slugs__slug=slug)).order_by("pk").first()
    if space is None or not may(request.user, "space.ask", space):
        raise Http404
    reads = sight.of(request.user).get(space.pk) is not None
    form = Asking(request.POST or None, reads=reads)
    asked = space.requests.filter(person=request.user.pk, answered_at=None).first()
    if request.method == "POST" and asked is None and form.is_valid():
        if Request.objects.filter(person=request.user.pk, asked_at__gt=now() - timedelta(days=1)).count() >= A_DAY:
            form.add_error(None, _("You have asked often enough for a day. Go on tomorrow."))
        else:
            _ask(space, request.user, form)
            messages.success(request, _asked(space))
            return redirect(space if reads else "spaces:spaces")
    return render(
        request,
        "spaces/access.html",
        {"space": space, "form": form, "reads": reads, "asked": asked, "refused": _refused(space, request.user)},
        status=422 if request.method == "POST" else 200,
    )


def _asked(space: Space) -> str:
    if space.stewards().exists():
        return _("Asked. Its stewards will answer.")
    return _("Asked. Nobody looks after this space yet: ask an administrator to name somebody.")


def _refused(space: Space, person: Any) -> Request | None:
    """The last answer, where it was a no: with its word, and nobody's name."""
    last = space.requests.filter(person=person.pk).exclude(answered_at=None).order_by("-answered_at").first()
    return last if last and not last.granted else None


def _ask(space: Space, person: Any, form: Asking) -> None:
    form.instance.space, form.instance.person = space, person
    try:
        with transaction.atomic():
            form.save()
            space.record("access_asked", person, person=person, role=form.instance.role)
    except IntegrityError:
        return  # asked twice at once: one request is enough


@login_required
@require_GET
def requests(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for an answer."""
    space = space_or_404(request, slug)
    require(request.user, "space.admit", space)
    waiting = space.requests.waiting().select_related("person__organisation")
    return render(request, "spaces/requests.html", frame(request, space) | {"waiting": waiting[:100], "roles": Role})


@login_required
@require_POST
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    space = space_or_404(request, slug)
    require(request.user, "space.admit", space)
    asked = get_object_or_404(space.requests.filter(answered_at=None).select_related("person"), pk=pk)
    form = Answer({"role": asked.role, **request.POST.dict()})
    if form.is_valid():
        told, answered = form.cleaned_data, True
        if "grant" in request.POST:
            answered = asked.grant(told["role"], told["answer"], request.user)
        elif "refuse" in request.POST:
            answered = asked.refuse(told["answer"], request.user)
        if not answered:
            messages.warning(request, _("Another steward has just answered. Nothing was changed."))
    return redirect("spaces:requests", slug=space.slug)
