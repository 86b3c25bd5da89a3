"""What the planner shows elsewhere: the way to it from offers, from consultations, and from each offer."""

from typing import Any

from django.http import HttpRequest

from palabre.kit.panels import Panel, offer


def way(request: HttpRequest, *, kind: str, **_context: Any) -> dict[str, Any] | None:
    """Beside the registers of offers and of consultations."""
    return {} if kind in ("offer", "consultation") else None


def of_offer(request: HttpRequest, item: Any, **_context: Any) -> dict[str, Any] | None:
    """On the page of an offer."""
    return {} if item.kind == "offer" else None


offer(Panel("register.beside", "planner.way", "planner/panels/way.html", way))
offer(Panel("item.aside", "planner.way", "planner/panels/of_offer.html", of_offer, order=18))
