"""`{% panels "item.aside" item=item %}` renders what rooms offer for that slot."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from palabre.kit import panels as registry

register = template.Library()


@register.simple_tag(takes_context=True)
def panels(context: template.Context, slot: str, **given: Any) -> SafeString:
    """The panels of `slot`, one after the other; nothing outside a request."""
    request = context.get("request")
    if request is None:
        return mark_safe("")
    # Each piece comes out of a template, escaped there.
    return mark_safe("".join(registry.render(request, slot, given)))  # noqa: S308
