"""Seeing somebody out and back, and naming administrators: each a resource one makes or removes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palabre.kit.policy import require
from palabre.people.doors import person_or_404
from palabre.people.forms import Standing


@login_required
@require_POST
def departure(request: HttpRequest, pk: int) -> HttpResponse:
    """They have left: sign-ins, sessions and memberships end at once."""
    person = person_or_404(request, pk)
    require(request.user, "person.administer", person)
    person.leave(request.user)
    messages.success(request, _("%(name)s can no longer sign in. What they wrote stays.") % {"name": person})
    return redirect(person)


@login_required
@require_POST
def coming_back(request: HttpRequest, pk: int) -> HttpResponse:
    """They are back: they sign in as before, in the spaces they were in."""
    person = person_or_404(request, pk)
    require(request.user, "person.administer", person)
    person.come_back(request.user)
    messages.success(request, _("%(name)s is back, in the spaces they had.") % {"name": person})
    return redirect(person)


@login_required
@require_http_methods(["GET", "POST"])
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Places somebody on a side and in an organisation."""
    person = person_or_404(request, pk)
    require(request.user, "person.administer", person)
    form = Standing(request.POST or None, initial={"side": person.side, "organisation": person.organisation})
    if request.method == "POST" and form.is_valid():
        person.stand(form.cleaned_data["side"], form.cleaned_data["organisation"], request.user)
        return redirect(person)
    return render(
        request, "people/standing.html", {"form": form, "person": person}, status=422 if form.is_bound else 200
    )


@login_required
@require_POST
def administration(request: HttpRequest, pk: int) -> HttpResponse:
    """Names an administrator; with `undo`, thanks one."""
    person = person_or_404(request, pk)
    require(request.user, "person.administer", person)
    if request.POST.get("undo"):
        person.dismiss_administrator(request.user)
    elif person.has_account and person.is_inside:
        person.name_administrator(request.user)
    return redirect(person)
