"""What consultations show elsewhere: the way to them with the number that wait, and the tab of a space."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palabre.consultations.waiting import AWAITED
from palabre.kit import navigation
from palabre.kit.navigation import Place
from palabre.kit.panels import Panel, offer
from palabre.links import following


def tab(request: HttpRequest, *, space: Any, **_context: Any) -> dict[str, Any]:
    """Where one is, among the tabs of a space."""
    return {"current": request.path.endswith("/consultations/"), "space": space}


def count(request: HttpRequest) -> int:
    """How many wait for the reader; it came with their sight."""
    return AWAITED.number(request.user)


following.begins("consultation", lambda item: f"{reverse('consultations:methods')}?{following.FIELD}={item.pk}")
navigation.offer(
    Place(
        "consultations",
        _("Consultations"),
        "target",
        "consultations:consultations",
        group=navigation.ASKING,
        order=48,
        count=count,
    )
)
offer(Panel("space.tabs", "consultations.tab", "consultations/panels/tab.html", tab, order=28))
