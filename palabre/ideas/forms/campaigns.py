"""The forms of campaigns: their days, sponsor, audience and criteria; what came of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from palabre.ideas import agenda, criteria
from palabre.ideas.models import LONGEST, Campaign
from palabre.ideas.models.campaigns import Audience
from palabre.kit.days import day_field
from palabre.people.models import Person
from palabre.spaces.naming import colleague_named


class Planning(forms.Form):
    """From when to when, for whom, who sponsors it, and by what its ideas are weighed."""

    opens_on = day_field(label=gettext_lazy("First day"))
    closes_on = day_field(
        label=gettext_lazy("Last day"), help_text=gettext_lazy("Until midnight; the campaign then ends by itself.")
    )
    sponsor = forms.CharField(
        label=pgettext_lazy("a campaign", "Who sponsors it"),
        max_length=120,
        help_text=gettext_lazy("Somebody of the house who reads this space and will see to what comes of it."),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("To whom it speaks"), choices=Audience.choices, widget=forms.RadioSelect
    )
    criteria = forms.CharField(
        label=gettext_lazy("By what its ideas are weighed"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "One criterion a line, at most six. Empty: value, cost, risk, and fit with what we want."
        ),
    )

    def __init__(self, *args: Any, campaign: Campaign, by: Any, **kwargs: Any) -> None:
        sponsor = campaign.item.owner or by
        initial = {
            "opens_on": campaign.opens_on or agenda.today(), "closes_on": campaign.closes_on,
            "sponsor": f"@{sponsor.handle}", "audience": campaign.audience, "criteria": "\n".join(campaign.criteria),
        }  # fmt: skip
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.campaign, self.by = campaign, by

    def clean_sponsor(self) -> Person:
        typed, current = self.cleaned_data["sponsor"].strip(), self.campaign.item.owner
        if current and typed in (f"@{current.handle}", current.name):
            return current
        return colleague_named(self.campaign.item.space, self.by, typed)

    def clean_criteria(self) -> list[str]:
        names = criteria.named(self.cleaned_data["criteria"])
        if len(names) > criteria.MOST:
            raise ValidationError(_("Six criteria are enough: nobody weighs more with care."))
        if any(len(name) > criteria.LONGEST for name in names):
            said = ngettext(
                "A criterion has at most %(number)d character.",
                "A criterion has at most %(number)d characters.",
                criteria.LONGEST,
            )
            raise ValidationError(said % {"number": criteria.LONGEST})
        return names

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("opens_on"), said.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("The last day comes before the first."))
        elif last and last != self.campaign.closes_on and last < agenda.today():
            self.add_error("closes_on", _("That day is over. Choose one that is still to come."))
        return said


class Concluding(forms.Form):
    """What came of it: whoever proposed an idea reads it."""

    outcome = forms.CharField(
        label=gettext_lazy("What came of it"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Whoever proposed an idea in it, and whoever follows it, is told."),
        error_messages={"required": gettext_lazy("Say what came of it: those who proposed an idea wait for it.")},
    )
