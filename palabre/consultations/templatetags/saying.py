"""Words in several languages, in templates: `{% load saying %}`."""

from typing import Any

from django import template

from palabre.consultations.words import say

register = template.Library()


@register.filter
def said(words: Any) -> str:
    """In the reader's language, as far as it was written."""
    return say(words)
