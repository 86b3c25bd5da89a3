"""Who belongs to a space: listed for whoever reads it, shaped by its stewards; joining and leaving by oneself."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palabre.kit.paging import page
from palabre.kit.policy import may, require
from palabre.kit.way import back
from palabre.people import invitations
from palabre.people.models import Person
from palabre.people.views.invitations import told
from palabre.spaces import sight
from palabre.spaces.doors import space_or_404
from palabre.spaces.forms import InviteInto, NewMember, RoleForm
from palabre.spaces.models import RANK, Keeper, LastSteward, Membership, Placement, Role, Space
from palabre.spaces.views.spaces import frame

STEWARDS_FIRST = Case(*(When(role=role, then=Value(-rank)) for role, rank in RANK.items()), output_field=IntegerField())


@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """The members one may meet, stewards first; stewards add somebody here."""
    space = space_or_404(request, slug)
    form = NewMember(request.POST or None, by=request.user)
    if request.method == "POST":
        require(request.user, "space.admit", space)
        if form.is_valid():
            person = form.cleaned_data["person"]
            space.welcome(person, form.cleaned_data["role"], request.user)
            if person.is_inside or space.reaches_outside:
                messages.success(request, _("%(name)s now belongs to the space.") % {"name": person})
            else:
                sentence = _("%(name)s is from outside, and now reads everything said in this space.")
                messages.warning(request, sentence % {"name": person})
            return redirect("spaces:members", slug=space.slug)
    met = Person.objects.visible_to(request.user).present()
    listed = (
        space.memberships.filter(person__in=met.order_by().values("pk"))
        .select_related("person__organisation")
        .annotate(rank=STEWARDS_FIRST)
    )
    around = met.exclude(memberships__space=space).filter(is_bot=False)
    return render(
        request,
        "spaces/members.html",
        frame(request, space)
        | {
            "page": page(listed, request, order=("rank", "id"), size=60),
            "form": form,
            "roles": Role,
            "around": around.order_by("name")[:300] if may(request.user, "space.admit", space) else [],
        },
        status=422 if request.method == "POST" else 200,
    )


@login_required
@require_POST
def member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another role, or none."""
    space = space_or_404(request, slug)
    require(request.user, "space.admit", space)
    membership = _membership(request, space, pk)
    form = RoleForm(request.POST)
    try:
        if "remove" in request.POST:
            space.dismiss(membership.person, request.user)
        elif form.is_valid():
            space.place(membership.person, form.cleaned_data["role"], request.user)
    except LastSteward:
        messages.error(request, _("A space keeps at least one steward: name another first."))
    sight.forget(request.user)
    return (
        redirect("spaces:members", slug=space.slug)
        if may(request.user, "space.read", space)
        else redirect("spaces:spaces")
    )


@login_required
@require_POST
def joining(request: HttpRequest, slug: str) -> HttpResponse:
    """Has a space one reads among one's spaces: nobody else sees it, and it gives nothing to read."""
    space = space_or_404(request, slug)
    require(request.user, "space.join", space)
    person: Any = request.user
    Keeper.objects.get_or_create(space=space, person=person)
    return redirect(back(request, space.get_absolute_url()))


@login_required
@require_POST
def leaving(request: HttpRequest, slug: str) -> HttpResponse:
    """Is no longer a member, or no longer has the space among one's own."""
    space = space_or_404(request, slug)
    membership = space.memberships.filter(person=request.user.pk).select_related("person").first()
    kept = space.keepers.filter(person=request.user.pk)
    if membership is None and not kept.exists():
        raise Http404
    try:
        if membership is not None:
            space.dismiss(membership.person, request.user)
    except LastSteward:
        messages.error(request, _("You are its last steward: name another first, or archive the space."))
        return redirect("spaces:members", slug=space.slug)
    kept.delete()
    return redirect("spaces:spaces" if membership else space)


@login_required
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """An invitation bound to this space and a role."""
    space = space_or_404(request, slug)
    require(request.user, "space.admit", space)
    form = InviteInto(request.POST or None, space=space, by=request.user)
    if request.method == "POST" and form.is_valid():
        if invitations.too_many(request.user):
            form.add_error(None, _("You have sent as many invitations as one may in a day. Go on tomorrow."))
        else:
            fields = dict(form.cleaned_data)
            role = fields.pop("role")
            with transaction.atomic():
                invitation, link = invitations.invite(request.user, fields.pop("address"), **fields)
                Placement.promise(invitation, space, role, request.user)
                return told(request, invitation, link)
    return render(
        request, "spaces/invite.html", frame(request, space) | {"form": form}, status=422 if form.is_bound else 200
    )


def _membership(request: HttpRequest, space: Space, person: int) -> Membership:
    met = Person.objects.visible_to(request.user)
    return get_object_or_404(space.memberships.select_related("person"), person=person, person__in=met)
