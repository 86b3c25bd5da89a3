"""Words in several languages, in templates: `{% load saying %}`."""

from typing import Any

from django import template

from palabre.consultations.words import say

register = template.Library()


@register.filter
def said(words: Any) -> str:
    """In the reader's language, as far as it was written."""
    return say(words)


@register.filter
def file_ending(name: str) -> str:
    """What kind of file a name says it is: “PDF”."""
    return name.rpartition(".")[2].upper() if "." in name else "?"
