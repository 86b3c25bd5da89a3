"""What decisions show elsewhere: the way to them with the number that wait, the tab of a space, its open votes."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.decisions.waiting import AWAITED
from palabre.kit import navigation
from palabre.kit.navigation import Place
from palabre.spaces import tabs
from palabre.spaces.tabs import Tab


def count(request: HttpRequest) -> int:
    """How many decisions wait for the reader; it came with their sight."""
    return AWAITED.number(request.user)


navigation.offer(
    Place("decisions", _("Decisions"), "vote", "decisions:decisions", group=navigation.DECIDING, order=47, count=count)
)
tabs.offer(Tab("decisions", _("Decisions"), order=27))
