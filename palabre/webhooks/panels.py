"""The ways to webhooks: from a space's settings, from an administrator's menu; and what administrators should know."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.kit import navigation
from palabre.kit.navigation import Place
from palabre.kit.panels import Panel, offer
from palabre.kit.policy import may
from palabre.spaces.models import Space
from palabre.webhooks.models import Webhook, Why


def administers(request: HttpRequest) -> bool:
    return may(request.user, "webhook.keep")


def of_space(request: HttpRequest, space: Space) -> dict[str, Any] | None:
    """How many there are, and whether one is disabled."""
    if not may(request.user, "webhook.keep", space):
        return None
    disabled = list(Webhook.objects.of(space).values_list("disabled_at", flat=True))
    return {"count": len(disabled), "disabled": sum(1 for each in disabled if each)}


def given_up(request: HttpRequest) -> dict[str, Any] | None:
    """To administrators, those of the company that were disabled by themselves, until somebody sees to them."""
    if not administers(request):
        return None
    found = Webhook.objects.of(None).exclude(disabled_why__in=["", Why.PAUSED])
    return {"webhooks": found} if found else None


offer(Panel("space.settings", "webhooks.of_space", "webhooks/panels/of_space.html", of_space, queries=1, order=50))
offer(Panel("home.top", "webhooks.given_up", "webhooks/panels/given_up.html", given_up, queries=1, order=16))
navigation.offer(
    Place("webhooks", _("Webhooks"), "upload", "webhooks:of_company", part="me", order=45, shown=administers)
)
