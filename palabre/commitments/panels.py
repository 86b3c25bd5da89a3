"""What commitments show elsewhere: the way to them with the number that wait, the tab of a space, how one begins."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palabre.commitments.waiting import AWAITED
from palabre.items.models import State
from palabre.kit import navigation
from palabre.kit.navigation import Place
from palabre.kit.panels import Panel, offer
from palabre.kit.policy import may
from palabre.links import following
from palabre.spaces import tabs
from palabre.spaces.tabs import Tab


def count(request: HttpRequest) -> int:
    """How many wait for the reader; it came with their sight."""
    return AWAITED.number(request.user)


def begin(request: HttpRequest, item: Any, **_context: Any) -> dict[str, Any] | None:
    """Committing somebody to something, on whatever may lead to it."""
    return {} if item.state == State.PUBLISHED and may(request.user, "commitment.make") else None


following.begins("commitment", lambda item: reverse("commitments:begin", args=[item.pk]))
navigation.offer(
    Place(
        "commitments",
        _("Commitments"),
        "user-check",
        "commitments:commitments",
        group=navigation.DECIDING,
        order=48,
        count=count,
    )
)
tabs.offer(Tab("commitments", _("Commitments"), order=28))
offer(Panel("item.ways", "commitments.begin", "commitments/panels/begin.html", begin, order=45))
