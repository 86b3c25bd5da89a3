"""The form in which one idea becomes two."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palabre.authoring.drafting import LARGEST
from palabre.ideas.models import LONGEST, Half


def _title(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=250, widget=forms.TextInput(attrs={"autocomplete": "off"}))


def _text(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LARGEST, required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8})
    )


class Splitting(forms.Form):
    """Two titles and two texts, and why."""

    first_title = _title(gettext_lazy("Title of the first"))
    first_text = _text(gettext_lazy("Text of the first"))
    second_title = _title(gettext_lazy("Title of the second"))
    second_text = _text(gettext_lazy("Text of the second"))
    words = forms.CharField(
        label=gettext_lazy("Why, in your words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why: the people concerned read it.")},
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, second = said.get("first_title", ""), said.get("second_title", "")
        if first and first.casefold() == second.casefold():
            self.add_error("second_title", _("The two have the same title: name them apart."))
        return said

    @property
    def halves(self) -> tuple[Half, Half]:
        """Once it is valid."""
        said = self.cleaned_data
        return Half(said["first_title"], said["first_text"]), Half(said["second_title"], said["second_text"])
