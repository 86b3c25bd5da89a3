"""What waits for stewards: requests for access."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palabre.kit.asks import Ask, asks
from palabre.spaces import homecoming, sight
from palabre.spaces.models import Membership, Request, Role, Space

NAME = "requests"


def asked_of(person: Any) -> list[tuple[Space, int]]:
    """The open spaces in which somebody waits for an answer that the person can give, and how many do."""
    seen, waiting = sight.of(person), homecoming.told(person, NAME) or {}
    return [(seen.spaces[pk], waiting[str(pk)]) for pk in seen.open if str(pk) in waiting]


@asks("spaces.access", order=20)
def to_answer(request: HttpRequest) -> Iterable[Ask]:
    """The spaces in which somebody waits for the reader's answer."""
    for space, number in asked_of(request.user):
        said = ngettext("%(number)d request for access", "%(number)d requests for access", number)
        yield Ask(
            kind=_("Asks to come in"),
            icon="user-plus",
            title=space.name,
            address=reverse("spaces:requests", args=[space.slug]),
            button=_("Answer"),
            said=said % {"number": number},
            space=space,
        )


def _told(person: Any, within: sight.Within) -> sight.Numbers:
    """How many requests for access wait where the person is a steward; of nobody else is it asked."""
    there = Membership.objects.filter(person=person, role=Role.STEWARD).values("space")
    waiting = Request.objects.waiting().filter(within("space"), space__in=there).order_by()
    return sight.Numbers(waiting.values("space").annotate(number=Count("pk")).values_list("space", "number"))


homecoming.tells(NAME, _told)
