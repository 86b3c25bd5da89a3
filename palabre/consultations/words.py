"""Words in several languages, `{"fr": …, "en": …}`, said in the reader's as far as they were written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override

Words = Mapping[str, str]
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def say(words: Words | str | None, language: str = "") -> str:
    """In that language, the reader's if none is named, else in any in which it was written."""
    if isinstance(words, str) or words is None:
        return words or ""
    wanted = language or (get_language() or "")[:2]
    return words.get(wanted) or next((each for each in words.values() if each), "")


def language_of(words: Words | str | None) -> str:
    """The language in which `say` says it to the reader, "" when that is theirs."""
    wanted = (get_language() or "")[:2]
    if not isinstance(words, Mapping) or words.get(wanted):
        return ""
    return next((code for code, each in words.items() if each), "")


def in_all(make: Callable[[], Any], *, names: Words | None = None) -> dict[str, str]:
    """What `make` says in each language of the house; `%(name)s` in it is the name of the matter in that language."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            text = str(make())
        said[language] = text.replace("%(name)s", say(names, language)) if names else text
    return said
