"""Invitations: sending, listing, revoking; and the page behind the link, which shows on GET and lets in on POST."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palabre.kit import given
from palabre.kit.paging import page
from palabre.kit.policy import may, require
from palabre.people import invitations
from palabre.people.doors import person_or_404
from palabre.people.forms import Enter, Invite
from palabre.people.models import Invitation


@login_required
@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """The invitations I sent; all of them for an administrator."""
    mine = Invitation.objects.select_related("by", "organisation", "accepted_by")
    if not may(request.user, "person.invite"):
        mine = mine.filter(by=request.user.pk)
    return render(
        request,
        "people/invitations.html",
        {"page": page(mine, request, order=("-made_at", "-id")), "may_invite": may(request.user, "person.invite")},
    )


@login_required
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Opens the house to somebody; `?person=` gives an account to somebody spoken for."""
    require(request.user, "person.invite")
    spoken_for = person_or_404(request, who) if (who := given.number(request.GET, "person")) else None
    if spoken_for and spoken_for.email:
        raise Http404
    known = (
        {"name": spoken_for.name, "side": spoken_for.side, "organisation": spoken_for.organisation}
        if spoken_for
        else {}
    )
    form = Invite(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        if invitations.too_many(request.user):
            form.add_error(None, _("You have sent as many invitations as one may in a day. Go on tomorrow."))
        else:
            with transaction.atomic():
                invitation, link = invitations.invite(
                    request.user,
                    form.cleaned_data.pop("address"),
                    person=spoken_for,
                    **form.cleaned_data,
                )
                return told(request, invitation, link)
    return render(
        request, "people/invite.html", {"form": form, "spoken_for": spoken_for}, status=422 if form.is_bound else 200
    )


def told(request: HttpRequest, invitation: Invitation, link: str) -> HttpResponse:
    """What the inviter sees, once: that the mail has left, or the link to pass on."""
    mailed = invitations.deliver(invitation, link)
    return render(request, "people/invited.html", {"invitation": invitation, "link": None if mailed else link})


@login_required
@require_POST
def revocation(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=pk)
    if not may(request.user, "invitation.revoke", invitation):
        raise Http404
    if invitation.is_open:
        invitation.revoke(request.user)
        messages.success(request, _("The link no longer opens anything."))
    return redirect("people:invitations")


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """The page behind the link. Opening it changes nothing: mail programs open links too."""
    found = invitations.find(key)
    if found is None:
        return render(request, "people/invitation_over.html", status=404)
    invitations.hold(request, found)
    me = request.user if request.user.is_authenticated else None
    meant_for_me = me is not None and (me.email or "").casefold() == found.address.casefold()
    form = Enter(request.POST or None, invitation=found, initial={"name": found.name})
    if request.method == "POST":
        if me is not None:
            if not meant_for_me:
                raise PermissionDenied("invitation")
            found.accept(person=me)
            invitations.let_go(request)
            return redirect("/")
        if form.is_valid():
            person = found.accept(**form.cleaned_data)
            invitations.let_go(request)
            return perform_login(request, person, redirect_url="/")
    return render(
        request,
        "people/invitation.html",
        {"invitation": found, "form": form, "meant_for_me": meant_for_me, "guest": found.guest},
        status=422 if request.method == "POST" else 200,
    )
