"""Lending one's voice."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from palabre.kit.days import day_field
from palabre.people.models import Person
from palabre.spaces.models import Space
from palabre.spaces.readership import readers
from palabre.tags.keys import key_of


class Lending(forms.Form):
    """To whom somebody lends their voice, and for what: a space they read, or a topic."""

    to = forms.CharField(label=_("To whom?"), max_length=120, help_text=_("A name or a @handle."))
    space = forms.ModelChoiceField(
        label=_("For what is decided in"),
        queryset=Space.objects.none(),
        required=False,
        empty_label=_("a topic, named below"),
    )
    topic = forms.CharField(label=_("A topic"), max_length=60, required=False, help_text=_("A tag, as security."))
    until = day_field(
        label=_("Until and with"),
        required=False,
        help_text=_("Votes that close later do not hear it. Without a day, until you take it back."),
    )

    def __init__(self, data: Any, *, by: Any) -> None:
        super().__init__(data)
        self.by = by
        self.fields["space"].queryset = Space.objects.visible_to(by).open().order_by("name")  # type: ignore[attr-defined]

    def clean_to(self) -> Person:
        people = Person.objects.visible_to(self.by).with_account().filter(is_bot=False)
        some = people.meant_by(self.cleaned_data["to"])
        if len(some) != 1:
            raise ValidationError(gettext("Nobody whom you meet here is called that. Write a name or a @handle."))
        if some[0].pk == self.by.pk:
            raise ValidationError(gettext("Your voice is yours already: name somebody else."))
        return some[0]

    def clean_until(self) -> date | None:
        day: date | None = self.cleaned_data["until"]
        if day and day < localdate():
            raise ValidationError(gettext("Choose a day that is still to come."))
        return day

    def clean_topic(self) -> str:
        return key_of(self.cleaned_data["topic"])

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if self.errors:
            return told
        if bool(told.get("space")) == bool(told.get("topic")):
            self.add_error("topic", gettext("Choose a space, or name a topic: one of the two."))
        elif told["space"] and not readers(told["space"]).filter(pk=told["to"].pk).exists():
            said = gettext("%(name)s does not read that space, and could not vote for you there.")
            self.add_error("to", said % {"name": told["to"].name})
        return told
