"""Follows in templates."""

from typing import Any

from django import template
from django.urls import reverse

from palabre.signals.models import Follow
from palabre.signals.things import called

register = template.Library()


@register.simple_tag
def follow_address(follow: Follow) -> str:
    """Where its owner says how much they hear of it."""
    return reverse("signals:following", args=[follow.of, follow.key])


@register.simple_tag
def kind_label(name: str) -> Any:
    """What a kind of a thing that is followed alone is called."""
    return called(name)
