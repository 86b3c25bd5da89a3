"""Somebody's page: what they say of themselves, and what the house knows them by."""

import zoneinfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from palabre.journal.recording import record
from palabre.kit import live, times
from palabre.kit.clock import now
from palabre.kit.policy import may, require
from palabre.people.doors import account_of_or_404, person_or_404
from palabre.people.forms import Profile, SpokenFor
from palabre.people.models import Person
from palabre.people.portrait import REASONS


@require_GET
def profile(request: HttpRequest, pk: int, handle: str = "") -> HttpResponse:
    try:
        person = person_or_404(request, pk)
    except Http404:
        return redirect(account_of_or_404(request, pk))
    if handle != person.handle:
        return redirect(person, permanent=True)
    return render(
        request,
        "people/profile.html",
        {
            "person": person,
            "its_me": person.pk == request.user.pk,
            "local_time": _local(person),
            "may_edit": may(request.user, "person.edit", person),
            "may_invite": not person.email and not person.is_bot and may(request.user, "person.invite"),
            "may_unite": may(request.user, "person.unite", person),
            "may_administer": may(request.user, "person.administer", person),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_or_404(request, pk)
    require(request.user, "person.edit", person)
    form = Profile(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            record("person_changed", request.user, person=person)
        messages.success(request, _("Saved. This is how others see the page."))
        return redirect(person)
    return render(request, "people/edit.html", {"form": form, "person": person}, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def portrait(request: HttpRequest, pk: int) -> HttpResponse:
    """Their photo, and the form that sends another one to the live process; posted here, it is removed."""
    person = person_or_404(request, pk)
    require(request.user, "person.edit", person)
    if request.method == "POST":
        person.be_pictured(None, by=request.user)
        return redirect(person)
    refused = REASONS.get(request.GET.get("refused", ""))
    context = {
        "person": person,
        "upload_address": f"{live.address(request)}/people/{person.pk}/photo/",
        "refused": refused,
    }
    page = render(request, "people/portrait.html", context, status=422 if refused else 200)
    # The form goes to the live process, another origin, which asks where it comes from.
    page["Referrer-Policy"] = "strict-origin"
    return page


@login_required
@require_http_methods(["GET", "POST"])
def speak_for(request: HttpRequest) -> HttpResponse:
    """Introduces somebody who has no account."""
    require(request.user, "person.speak")
    form = SpokenFor(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(Person.objects.speak_for(by=request.user, **form.cleaned_data))
    return render(request, "people/speak_for.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """The photo, to whoever may meet its owner; the query of its address changes with it, so it may be kept."""
    person = person_or_404(request, pk)
    if not person.photo:
        raise Http404
    try:
        answer = FileResponse(person.photo.open())
    except FileNotFoundError as error:  # replaced while it was asked for
        raise Http404 from error
    answer["Cache-Control"] = "private, max-age=86400"
    return answer


def _local(person: Person) -> str:
    """What time it is for them."""
    try:
        with timezone.override(zoneinfo.ZoneInfo(person.time_zone)):
            return times.hour(now())
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return ""
