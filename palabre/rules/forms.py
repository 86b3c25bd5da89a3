"""The forms of rules: what a rule needs to be in force, a challenge, the answer to one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palabre.authoring.forms import VerificationForm
from palabre.authoring.showing import trust_of
from palabre.kit.days import day_field
from palabre.people.models import Person
from palabre.rules.models import LONGEST, Rule
from palabre.spaces.naming import reader_named


class Terms(forms.Form):
    """Why it holds, who answers for it, and when they look at it again: a rule in force has all three."""

    reason = forms.CharField(
        label=gettext_lazy("Why this rule?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Say why: who reads the rule wants to know, and who challenges it.")},
    )
    owner = forms.CharField(
        label=gettext_lazy("Who answers for it"),
        max_length=120,
        help_text=gettext_lazy("A name or a @handle of somebody who reads this space; they answer challenges."),
    )
    review_on = day_field(
        label=gettext_lazy("To be looked at again on"),
        help_text=gettext_lazy("On that day whoever answers for it is asked whether it still holds."),
    )

    def __init__(self, *args: Any, rule: Rule, by: Any, **kwargs: Any) -> None:
        owner, trust = rule.item.owner or by, trust_of(rule.item)
        initial = {"reason": rule.reason, "owner": f"@{owner.handle}"}
        initial["review_on"] = trust.verified_until if trust else None  # type: ignore[assignment]
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.rule, self.by = rule, by

    def clean_owner(self) -> Person:
        item = self.rule.item
        return reader_named(item.space, self.by, self.cleaned_data["owner"], item.owner)

    def clean_review_on(self) -> date:
        day: date = self.cleaned_data["review_on"]
        if not localdate() < day <= localdate() + VerificationForm.LONGEST:
            raise ValidationError(_("Choose a day to come, within five years."))
        return day


class Challenging(forms.Form):
    """What should be otherwise, and why."""

    title = forms.CharField(
        label=gettext_lazy("What should be otherwise?"),
        max_length=250,
        error_messages={"required": gettext_lazy("Say in a few words what should be otherwise.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("What the rule costs or hinders, as you have seen it."),
        error_messages={"required": gettext_lazy("Say why: whoever answers for the rule answers to that.")},
    )

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())


class Settling(forms.Form):
    """Why the rule stays as it is."""

    words = forms.CharField(
        label=gettext_lazy("Why it stays"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Say why: whoever challenged the rule reads it.")},
    )
