"""What questions show elsewhere: the way to them with its count, the tab of a space, and what nobody answered there."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.items.models import Item, asking
from palabre.kit import navigation
from palabre.kit.navigation import Place
from palabre.kit.panels import Panel, offer
from palabre.kit.queries import EITHER, Prepared, Slot
from palabre.questions.models import unanswered
from palabre.questions.waiting import AWAITED
from palabre.spaces import tabs
from palabre.spaces.tabs import Tab

FEW = 3

_OPEN = Prepared(
    lambda: (
        unanswered(Item.objects.visible_to_asker().published().filter(space=Slot("space")))
        .order_by("-published_at", "-id")
        .only("pk", "kind", "title", "language", "published_at")[:FEW]
    ),
    planned=EITHER,
)


def open_ones(request: HttpRequest, space: Any, **_context: Any) -> dict[str, Any] | None:
    """The latest questions of a space that nobody answered."""
    found = _OPEN(space=space.pk, **asking(request.user))
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
tabs.offer(Tab("questions", _("Questions"), order=25))
offer(Panel("space.main", "questions.open", "questions/panels/open.html", open_ones, queries=1, order=20))
