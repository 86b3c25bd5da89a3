"""Beginning a conversation: with whom, what it is called, the first message."""

from contextlib import suppress
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from palabre.authoring.files.keeping import Unwelcome
from palabre.conversations.choosing import Choice, choose
from palabre.conversations.correspondence import apart, refusal
from palabre.conversations.forms import Beginning
from palabre.conversations.models import Conversation
from palabre.kit import given
from palabre.people.doors import person_or_404


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`/conversations/new/`: `?to=12&to=15` with these people."""
    choice = choose(request)
    if request.method == "GET":
        return _form(request, choice, Beginning())
    form = Beginning(request.POST, request.FILES)
    if given.text(request.POST, "action") == "find":
        return _form(request, choice, Beginning(initial=request.POST.dict()))
    if not choice.people:
        form.add_error(None, _("Choose whom you write to."))
    elif kept := apart(choice.people, [request.user]):  # type: ignore[list-item]
        form.add_error(None, refusal(*kept, by=request.user))  # type: ignore[arg-type]
    if form.is_valid():
        with suppress(Unwelcome), transaction.atomic():
            conversation = Conversation.objects.start(request.user, choice.people, form.cleaned_data["name"].strip())
            conversation.say(request.user, form.with_files(conversation.item, request.user))
            return redirect(conversation.item)
    return _form(request, choice, form, status=422)


@require_GET
def with_person(request: HttpRequest, pk: int) -> HttpResponse:
    """`/conversations/with/12/`: what one says to that person alone, or the way to begin."""
    person = person_or_404(request, pk)
    known = Conversation.objects.between(request.user, person)
    return redirect(known.item if known else f"/conversations/new/?to={person.pk}")


def _form(request: HttpRequest, choice: Choice, form: Any, status: int = 200) -> HttpResponse:
    context = {"choice": choice, "form": form}
    if request.htmx and status == 200 and request.method == "POST":  # type: ignore[attr-defined]
        return render(request, "conversations/choice.html", context)
    return render(request, "conversations/new.html", context, status=status)
