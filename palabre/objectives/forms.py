"""The forms of objectives: what is to be reached, how far it is, what came of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from palabre.kit.days import day_field
from palabre.objectives.models import LONGEST, Objective, Standing
from palabre.people.models import Person
from palabre.spaces.naming import reader_named

ENDS = [(each.value, each.label) for each in Standing if each is not Standing.OPEN]


def _number(**more: Any) -> forms.DecimalField:
    widget = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
    return forms.DecimalField(max_digits=18, decimal_places=4, widget=widget, **more)


class Aiming(forms.Form):
    """The measure, the target and the day, and who answers for it."""

    measure = forms.CharField(
        label=gettext_lazy("What is measured"),
        max_length=200,
        help_text=gettext_lazy("So that two people who count find the same number."),
    )
    target = _number(label=gettext_lazy("The number to reach"))
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("For example days, or francs."),
    )
    due = day_field(label=gettext_lazy("By when"))
    owner = forms.CharField(
        label=gettext_lazy("Who answers for it"),
        max_length=120,
        help_text=gettext_lazy("A name or a @handle of somebody who reads this space."),
    )

    def __init__(self, *args: Any, objective: Objective, by: Any, **kwargs: Any) -> None:
        initial = {name: getattr(objective, name) for name in ("measure", "unit", "target", "due")}
        if objective.target is not None:
            initial["target"] = f"{objective.target.normalize():f}"
        owner = objective.item.owner or by
        super().__init__(*args, **{**kwargs, "initial": {**initial, "owner": f"@{owner.handle}"}})
        self.objective, self.by = objective, by

    def clean_owner(self) -> Person:
        item = self.objective.item
        return reader_named(item.space, self.by, self.cleaned_data["owner"], item.owner)


class Seeing(forms.Form):
    """A value and its day."""

    value = _number(label=gettext_lazy("Value"))
    on = day_field(label=gettext_lazy("Day"), help_text=gettext_lazy("A value of that day is replaced."))
    note = forms.CharField(label=pgettext_lazy("a value", "Note"), max_length=200, required=False)

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > localdate():
            raise ValidationError(_("That day is still to come: note what was seen."))
        return day


class Ending(forms.Form):
    """How it ended, and what came of it."""

    standing = forms.ChoiceField(label=gettext_lazy("How it ended"), choices=ENDS, widget=forms.RadioSelect)
    outcome = forms.CharField(
        label=gettext_lazy("What came of it"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("As it was seen, good or bad; whoever follows it is told."),
    )
