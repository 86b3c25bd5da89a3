"""What spaces show elsewhere: the way to them, those one shares with somebody, what an invitation brings."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.kit import navigation
from palabre.kit.navigation import Place
from palabre.kit.panels import Panel, offer
from palabre.people.models import Invitation, Organisation, Person
from palabre.spaces import sight
from palabre.spaces.models import Space
from palabre.spaces.policy import without_steward

navigation.offer(
    Place("spaces", _("Spaces"), "layers", "spaces:spaces", group=navigation.HOUSE, order=30, bar=True, key="e")
)


def shared(request: HttpRequest, person: Person) -> dict[str, Any] | None:
    """Somebody's spaces, as far as the reader sees them."""
    seen = sight.of(request.user).spaces
    found = person.memberships.filter(space__in=seen).values_list("space", "role")
    places = [(seen[pk], role) for pk, role in found if not seen[pk].archived_at]
    return {"places": sorted(places, key=lambda place: place[0].name)} if places else None


def naming(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """The spaces that name an organisation among their readers, as far as the reader sees them."""
    seen = sight.of(request.user).spaces
    keys = organisation.spaces.filter(pk__in=seen).values_list("pk", flat=True)
    spaces = sorted((seen[pk] for pk in keys), key=lambda space: space.name)
    return {"spaces": spaces} if spaces else None


def brought(request: HttpRequest, invitation: Invitation) -> dict[str, Any] | None:
    """The space and the role that an invitation brings."""
    placements = invitation.placements.select_related("space")
    return {"placements": placements} if placements else None


def stewards(request: HttpRequest, space: Space) -> dict[str, Any] | None:
    """Whom to turn to, as far as the reader meets them."""
    met = space.stewards().visible_to(request.user).select_related("organisation").order_by("name")[:6]
    return {"stewards": met} if met else None


def orphaned(request: HttpRequest) -> dict[str, Any] | None:
    """To administrators, the spaces that nobody can shape any more: by their name alone."""
    return {"spaces": spaces} if (spaces := without_steward(request.user)) else None


offer(Panel("home.top", "spaces.orphaned", "spaces/panels/orphaned.html", orphaned, queries=1, order=15))
offer(Panel("space.aside", "spaces.stewards", "spaces/panels/stewards.html", stewards, queries=1, order=20))
offer(Panel("person.aside", "spaces.shared", "spaces/panels/shared.html", shared, queries=1, order=20))
offer(Panel("organisation.aside", "spaces.naming", "spaces/panels/naming.html", naming, queries=1))
offer(Panel("invitation.brings", "spaces.brought", "spaces/panels/brought.html", brought, queries=1))
