"""Words in several languages, in templates: `{% load saying %}`."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from palabre.consultations.questions import Question
from palabre.consultations.words import language_of, say

register = template.Library()


@register.filter
def said(words: Any) -> str:
    """In the reader's language, as far as it was written; else in another, which is told to who reads it aloud."""
    language = language_of(words)
    return format_html('<span lang="{}">{}</span>', language, say(words)) if language else say(words)


@register.simple_tag
def only_for(question: Question, among: Sequence[Question]) -> str:
    """To whom alone a question is put, by what they chose before: "" for everybody."""
    before = next((each for each in among if each.key == question.only_if.get("question")), None)
    chosen = [before.option(key) for key in question.only_if["options"]] if before else []
    choices = ", ".join(str(each) for each in chosen if each)
    return _("only for those who chose “%(choices)s”") % {"choices": choices} if choices else ""


@register.filter
def file_ending(name: str) -> str:
    """What kind of file a name says it is: “PDF”."""
    return name.rpartition(".")[2].upper() if "." in name else "?"
