"""The forms of reviews: who is asked, and what they think."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palabre.ideas.criteria import MARKS, Criterion
from palabre.ideas.models import LONGEST, Idea
from palabre.people.models import Person
from palabre.spaces.naming import colleague_named

MOST = 12  # people asked at once


class Asking(forms.Form):
    """Whom to ask."""

    people = forms.CharField(
        label=gettext_lazy("Who should review it"),
        max_length=600,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "Names or @handles of people of the house who read this space, with commas between them."
        ),
    )

    def __init__(self, *args: Any, idea: Idea, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.idea, self.by = idea, by

    def clean_people(self) -> list[Person]:
        names = [name for each in self.cleaned_data["people"].split(",") if (name := " ".join(each.split()))]
        if not names:
            raise ValidationError(_("Name somebody."))
        if len(names) > MOST:
            raise ValidationError(_("Twelve people at once are enough."))
        return [colleague_named(self.idea.item.space, self.by, name) for name in names]


class Reviewing(forms.Form):
    """A mark on each criterion, and why."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for number, each in enumerate(criteria):
            mark = forms.TypedChoiceField(
                label=each.label,
                choices=[(mark, str(mark)) for mark in MARKS],
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Give it a mark from 1 to 5.")},
            )
            mark.ends = (each.low, each.high)  # type: ignore[attr-defined]  # what 1 and 5 say, for the page
            self.fields[f"mark-{number}"] = mark
        self.fields["words"] = forms.CharField(
            label=_("Why, in your words"),
            max_length=LONGEST,
            required=False,
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text=_("People of the house read it under your name, once they have given their own."),
        )

    @property
    def marks(self) -> dict[str, int]:
        """By the keys of the criteria, once it is valid."""
        return {each.key: self.cleaned_data[f"mark-{number}"] for number, each in enumerate(self.criteria)}
