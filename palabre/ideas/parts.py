"""The parts that people have in ideas: by their voices, their reviews, their work."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import pgettext_lazy

from palabre.ideas.models import Review, Support, Teammate
from palabre.items.parts import part


@part("supported", pgettext_lazy("a part", "You supported it"), order=20)
def supported(person: Any) -> QuerySet[Any, Any]:
    """To which they gave their own voice."""
    return Support.objects.filter(person=person, by=None).order_by().values("item")


@part("spoken_for", pgettext_lazy("a part", "Somebody spoke for you"), order=22)
def spoken_for(person: Any) -> QuerySet[Any, Any]:
    """To which their voice was brought."""
    return Support.objects.filter(person=person).exclude(by=None).order_by().values("item")


@part("brought", pgettext_lazy("a part", "You brought a voice"), order=24)
def brought(person: Any) -> QuerySet[Any, Any]:
    """To which they brought that of somebody else."""
    return Support.objects.filter(by=person).order_by().values("item")


@part("teamed", pgettext_lazy("a part", "You work on it"), order=26)
def teamed(person: Any) -> QuerySet[Any, Any]:
    """On which they work with others."""
    return Teammate.objects.filter(person=person).order_by().values("item")


@part("reviewed", pgettext_lazy("a part", "You reviewed it"), order=28)
def reviewed(person: Any) -> QuerySet[Any, Any]:
    """Which they weighed."""
    return Review.objects.given().filter(person=person).order_by().values("idea")
