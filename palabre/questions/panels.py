"""What questions show elsewhere: the way to them with its count, the tab of a space, and what nobody answered there."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.items.models import Item
from palabre.kit import navigation
from palabre.kit.navigation import Place
from palabre.kit.panels import Panel, offer
from palabre.questions.models import unanswered
from palabre.questions.waiting import AWAITED

FEW = 3


def tab(request: HttpRequest, *, space: Any, **_context: Any) -> dict[str, Any]:
    """Where one is, among the tabs of a space."""
    return {"current": request.path.endswith("/questions/"), "space": space}


def open_ones(request: HttpRequest, space: Any, **_context: Any) -> dict[str, Any] | None:
    """The latest questions of a space that nobody answered."""
    items = unanswered(Item.objects.visible_to(request.user).published().filter(space=space.pk))
    found = list(items.order_by("-published_at", "-id").only("pk", "kind", "title", "language", "published_at")[:FEW])
    return {"questions": found, "space": space} if found else None


def count(request: HttpRequest) -> int:
    """How many questions wait for the reader; it came with their sight."""
    return AWAITED.number(request.user)


navigation.offer(
    Place(
        "questions",
        _("Questions"),
        "circle-help",
        "questions:questions",
        group=navigation.ASKING,
        order=45,
        count=count,
    )
)
offer(Panel("space.tabs", "questions.tab", "questions/panels/tab.html", tab, order=25))
offer(Panel("space.main", "questions.open", "questions/panels/open.html", open_ones, queries=1, order=20))
