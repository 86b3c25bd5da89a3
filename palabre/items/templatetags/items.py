"""What templates ask of the items room: `{% load items %}`."""

from django import template

from palabre.items.models import Item

register = template.Library()


@register.simple_tag(takes_context=True)
def title_of(context: template.Context, item: Item) -> str:
    """`{% title_of item %}`: what the reader calls it, where it may be a kind without titles of its own."""
    return item.kind_of.title_of(item, context["request"].user)
