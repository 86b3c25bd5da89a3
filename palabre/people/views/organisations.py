"""Organisations: who of them one meets, and, for administrators, how they are described."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from palabre.kit.paging import page
from palabre.kit.policy import may, require
from palabre.people.forms import OrganisationForm
from palabre.people.models import Organisation, Person


@login_required
@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "people/organisations.html",
        {
            "page": page(Organisation.objects.visible_to(request.user), request, order=("name", "id"), size=60),
            "may_edit": may(request.user, "organisation.edit"),
        },
    )


@require_GET
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    known = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    met = Person.objects.visible_to(request.user).present().filter(organisation=known)
    return render(
        request,
        "people/organisation.html",
        {
            "organisation": known,
            "page": page(met.select_related("organisation"), request, order=("name", "id"), size=40),
            "may_edit": may(request.user, "organisation.edit", known),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str = "") -> HttpResponse:
    known = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug) if slug else None
    require(request.user, "organisation.edit", known)
    form = OrganisationForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        former = str(form.initial.get("side", "")) if known else ""
        with transaction.atomic():
            saved = form.save()
            saved.described(request.user, former)
        return redirect(saved)
    return render(
        request,
        "people/organisation_edit.html",
        {"form": form, "organisation": known},
        status=422 if form.is_bound else 200,
    )
