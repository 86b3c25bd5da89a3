"""What consultations show elsewhere: the way to them with the number that wait, and the tab of a space."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from palabre.consultations.waiting import AWAITED
from palabre.kit import navigation
from palabre.kit.navigation import Place
from palabre.links import following
from palabre.spaces import tabs
from palabre.spaces.tabs import Tab


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
tabs.offer(Tab("consultations", _("Consultations"), order=28))
