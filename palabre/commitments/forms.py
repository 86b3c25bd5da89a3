"""The forms of commitments: making one, saying what came of it, giving it another day or other hands."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from palabre.commitments.models import LONGEST, Commitment, State
from palabre.kit.days import day_input
from palabre.people.models import Person
from palabre.spaces.models import Space
from palabre.spaces.naming import colleague_named


class DayField(forms.DateField):
    """A day that is not over."""

    widget = day_input()

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and day < localdate():
            raise ValidationError(_("That day is over. Choose one that is still to come."))
        return day


def _carrier() -> forms.CharField:
    return forms.CharField(
        label=pgettext_lazy("a commitment", "Who carries it"),
        max_length=120,
        help_text=gettext_lazy("A name or a @handle of somebody of the house who reads this space."),
    )


class Making(forms.Form):
    """What, why and how, who, by when, and where it stands."""

    title = forms.CharField(
        label=gettext_lazy("What will be done"),
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("In one sentence, so that everybody can see whether it was."),
    )
    body = forms.CharField(label=gettext_lazy("Why and how"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    carrier = _carrier()
    due = DayField(label=gettext_lazy("By when"))
    space = forms.ChoiceField(
        label=gettext_lazy("Where it stands"), help_text=gettext_lazy("Whoever reads this space reads it.")
    )

    def __init__(self, *args: Any, spaces: list[Space], by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spaces, self.by = {space.slug: space for space in spaces}, by
        self.fields["space"].choices = [(space.slug, space.name) for space in spaces]  # type: ignore[attr-defined]

    def clean_space(self) -> Space:
        return self.spaces[self.cleaned_data["space"]]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "space" in said and "carrier" in said:
            try:
                said["carrier"] = colleague_named(said["space"], self.by, said["carrier"])
            except ValidationError as error:
                self.add_error("carrier", error)
        return said


class Settling(forms.Form):
    """What came of it: the words reach everybody concerned."""

    state = forms.ChoiceField(
        label=gettext_lazy("What came of it"),
        widget=forms.RadioSelect,
        choices=[
            (State.KEPT, gettext_lazy("It was kept")),
            (State.BROKEN, gettext_lazy("It was not kept")),
            (State.DROPPED, gettext_lazy("It is given up")),
        ],
    )
    words = forms.CharField(
        label=gettext_lazy("Tell it in your words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Say what came of it: the people who wait for it read it.")},
    )


class Planning(forms.Form):
    """Another day, with the reason; other hands. Of one that is settled, it opens it again."""

    due = DayField(label=gettext_lazy("By when"))
    words = forms.CharField(
        label=pgettext_lazy("a commitment", "Why another day"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Whoever waits for it reads it."),
    )
    carrier = _carrier()

    def __init__(self, *args: Any, commitment: Commitment, by: Any, **kwargs: Any) -> None:
        carrier = commitment.carrier
        initial = {"due": commitment.due, "carrier": f"@{carrier.handle}" if carrier else ""}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.commitment, self.by = commitment, by
        # A day that is over may stay as it is while somebody else takes it over.
        self.fields["due"] = forms.DateField(label=self.fields["due"].label, widget=DayField.widget)

    def clean_carrier(self) -> Person:
        typed, current = self.cleaned_data["carrier"].strip(), self.commitment.carrier
        if current and typed in (f"@{current.handle}", current.name):
            return current
        return colleague_named(self.commitment.item.space, self.by, typed)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        day, again = said.get("due"), not self.commitment.is_open
        if day is None or (day == self.commitment.due and not again):
            return said
        if day < localdate():
            self.add_error("due", _("That day is over. Choose one that is still to come."))
        if not said.get("words"):
            self.add_error("words", _("Say why: the people who wait for it read it."))
        return said
