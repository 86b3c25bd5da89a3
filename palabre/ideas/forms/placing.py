"""The form in which an idea is brought into a campaign, or out of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext

from palabre.ideas.models import LONGEST, Campaign

BOX = "box"


class Placing(forms.Form):
    """Which campaign, or the open box, and why."""

    campaign = forms.ChoiceField(
        label=gettext_lazy("Where it belongs"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of them, or leave it where it is.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Why, in your words"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands in the path of the idea."),
    )

    def __init__(self, *args: Any, campaigns: Sequence[Campaign], is_in_one: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(each.pk): each for each in campaigns}
        choices = [(key, each.item.title) for key, each in self.by_key.items()]
        if is_in_one:
            choices.append((BOX, pgettext("where an idea belongs", "The open box: it is in no campaign")))
        self.fields["campaign"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Campaign | None:
        """Once it is valid; None: the open box."""
        return self.by_key.get(self.cleaned_data["campaign"])
