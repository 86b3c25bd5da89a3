"""Follows in templates."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from palabre.items import kinds
from palabre.signals.models import ITSELF, Follow

register = template.Library()


@register.simple_tag
def follow_address(follow: Follow) -> str:
    """Where its owner says how much they hear of it."""
    return reverse("signals:following", args=[follow.of, follow.key])


@register.simple_tag
def kind_label(name: str) -> Any:
    """The many of a kind, as its room calls them; of a space itself, what happens to it."""
    return _("What happens to it") if name == ITSELF else kinds.get(name).label_plural
