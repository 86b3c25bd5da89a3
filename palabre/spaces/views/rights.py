"""The journal of rights: every change of who may see or do what in a space, for its stewards."""

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from palabre.journal import verbs
from palabre.journal.models import Event
from palabre.kit.paging import page
from palabre.kit.policy import require
from palabre.people.models import Invitation, Person
from palabre.spaces.doors import space_or_404
from palabre.spaces.models import Audience, Role, Writing
from palabre.spaces.views.spaces import frame


@login_required
@require_GET
def rights(request: HttpRequest, slug: str) -> HttpResponse:
    space = space_or_404(request, slug)
    require(request.user, "space.steward", space)
    told = Event.objects.filter(space=space.pk, item=None).filter(
        Q(verb__in=[*verbs.names(changes_sight=True), *verbs.names(rights=True)])
        | Q(verb__in=("access_asked", "access_refused", "space_renamed", "membership_promised"))
    )
    found = page(told, request, order=("-id",), size=50)
    people = Person.objects.visible_to(request.user).in_bulk(
        {key for each in found for key in (each.by, each.person) if key}
    )
    promised = {each.particulars.get("invitation") for each in found if each.verb == "membership_promised"}
    invitations = Invitation.objects.select_related("organisation").in_bulk(promised - {None})
    lines = [line(event, people, invitations) for event in found]
    return render(request, "spaces/rights.html", frame(request, space) | {"page": found, "lines": lines})


def line(event: Event, people: dict[int, Person], invitations: dict[int, Invitation]) -> dict[str, object]:
    """One event as its sentence needs it: people one meets, who was invited, and the words of what changed."""
    said = event.particulars
    invitation = invitations.get(said.get("invitation", 0))
    return {
        "event": event,
        "by": people.get(event.by or 0),
        "person": people.get(event.person or 0),
        "role": Role(said["role"]).label if said.get("role") in Role.values else "",
        "audience": Audience(said["audience"]).label if said.get("audience") in Audience.values else "",
        "former": Audience(said["former"]).label if said.get("former") in Audience.values else said.get("former", ""),
        "writing": Writing(said["writing"]).label if said.get("writing") in Writing.values else "",
        "organisation": said.get("organisation", ""),
        "words": _words(event, people, said.get("name", "")),
        "invited": invitation.address if invitation else "",
        "side": _side(invitation) if invitation else "",
    }


def _words(event: Event, people: dict[int, Person], name: str) -> str:
    """What rooms above say of their own verbs, and the name of what it happened to."""
    if not event.meaning.rights:
        return ""
    by = people.get(event.by or 0)
    says = str(event.meaning.says % {"who": by.name if by else _("Somebody"), "n": 1})
    return _("%(says)s: %(name)s.") % {"says": says, "name": name} if name else f"{says}."


def _side(invitation: Invitation) -> str:
    """On which side of the house, and of whom, an invitation places somebody."""
    return ", ".join(str(part) for part in (invitation.get_side_display(), invitation.organisation) if part)
