"""`{{ voice.source|source }}`: where a voice was heard, in words."""

from django import template

from palabre.ideas.models import Source

register = template.Library()


@register.filter
def source(name: str) -> str:
    """Of a name that is none of ours, nothing."""
    return str(Source(name).label) if name in Source.values else ""
