"""Choosing: what rooms above let somebody choose on the page of their attention, kept by the press that keeps its
numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import ModelForm
from django.utils.functional import Promise


@dataclass(frozen=True)
class Choosing:
    """Some fields of that page under a heading. `form` makes them of a person and of what was sent, if anything was;
    None where there is nothing to choose, of which `template` says why. Names of fields are of the whole page.
    """

    name: str
    heading: str | Promise
    template: str
    form: Callable[[Any, Mapping[str, Any] | None], ModelForm[Any] | None]


@dataclass(frozen=True)
class Part:
    """What is chosen, as one person sees it now."""

    choosing: Choosing
    form: ModelForm[Any] | None


_offered: dict[str, Choosing] = {}


def offer(choosing: Choosing) -> Choosing:
    """Adds some fields; a second offer of the same name replaces the first."""
    _offered[choosing.name] = choosing
    return choosing


def parts(person: Any, sent: Mapping[str, Any] | None) -> list[Part]:
    """What there is for a person to choose, in the order in which it was offered."""
    return [Part(each, each.form(person, sent)) for each in _offered.values()]
