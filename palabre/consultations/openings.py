"""Opening a consultation, giving it more time, inviting to it: what is typed is checked, and comes back as it was."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from palabre.consultations.inviting import MOST, To, addresses, recipients
from palabre.consultations.models import FLOOR, Who
from palabre.kit.clock import now
from palabre.kit.days import moment_field
from palabre.people.models import Organisation, Person
from palabre.spaces.models import Audience, Space
from palabre.spaces.readership import readers

SUMMER = timedelta(days=14)
NAMES = 50  # looked up at once
HIGHEST = 100  # answers of which results are told at least; more would hide most of what a house asks


class Opening(forms.Form):
    """Until when, who may answer, and of how many answers results are told at least."""

    closes_at = moment_field(
        label=_("Closes"),
        initial=lambda: localtime(now() + SUMMER).replace(hour=18, minute=0),
    )
    who = forms.ChoiceField(label=_("Who may answer?"), choices=Who, widget=forms.RadioSelect, initial=Who.READERS)
    floor = forms.IntegerField(
        label=_("From how many answers on are results told?"),
        help_text=_("Nothing is told of fewer, so that nobody can be recognised; never of fewer than five."),
        min_value=FLOOR,
        max_value=HIGHEST,
        initial=FLOOR,
        required=False,
    )

    def clean_floor(self) -> int:
        return self.cleaned_data["floor"] or FLOOR

    def clean_closes_at(self) -> datetime:
        closes: datetime = self.cleaned_data["closes_at"]
        if closes <= now():
            raise ValidationError(gettext("It must close at an hour that is still to come."))
        return closes


class Extending(forms.Form):
    """Until when instead."""

    until = moment_field(label=_("Open until"))


class Inviting(forms.Form):
    """Whom to write to: addresses, names, an organisation; and the language of those of whom none is known.

    Once valid, `to` are those who may answer, `outside` how many cannot: where a space is not public, a link leads only
    those further who read it.
    """

    addresses = forms.CharField(
        label=_("Addresses, or names of people"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=60_000,
        required=False,
        help_text=_("As they stand in your mail program, or one a line. Names as “@awa”."),
    )
    organisation = forms.ModelChoiceField(
        label=_("And the people of an organisation"), queryset=Organisation.objects.none(), required=False,
        empty_label=_("None"),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("In which language?"),
        help_text=_("For those whose language is not known. People with an account are written to in theirs."),
    )

    def __init__(self, data: Any, *, by: Any, space: Space) -> None:
        super().__init__(data, initial={"language": space.language})
        self.by, self.space = by, space
        self.to: list[To] = []
        self.outside = 0
        organisations: Any = self.fields["organisation"]
        organisations.queryset = Organisation.objects.visible_to(by).order_by("name")
        languages: Any = self.fields["language"]
        languages.choices = settings.LANGUAGES

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        pasted, bad = addresses(said.get("addresses") or "")
        if bad:
            wrong = gettext("This is no address: %(address)s") % {"address": bad[0]}
            self.add_error("addresses", wrong)
        named = self._named(said.get("addresses") or "")
        if said.get("organisation"):
            named += list(self._people().filter(organisation=said["organisation"])[:MOST])
        found = recipients(pasted, named, said.get("language") or self.space.language)
        if len(found) > MOST:
            self.add_error("addresses", gettext("Write to %d people at once, at most.") % MOST)
        if not found and not self.errors:
            self.add_error("addresses", gettext("Write one address or name at least, or choose an organisation."))
        self.to = [each for each in found if self._reads(found, each)]
        self.outside = len(found) - len(self.to)
        return said

    def _people(self) -> Any:
        return Person.objects.visible_to(self.by).with_account().filter(is_bot=False).order_by("pk")

    def _named(self, text: str) -> list[Person]:
        handles = [word[1:] for word in re.split(r"[\s,;]+", text) if word.startswith("@") and len(word) > 1]
        people = {person.handle: person for person in self._people().filter(handle__in=handles[:NAMES])}
        if unknown := [handle for handle in handles if handle not in people]:
            self.add_error("addresses", gettext("Nobody you know is called “@%(name)s”.") % {"name": unknown[0]})
        return list(people.values())

    def _reads(self, found: list[To], one: To) -> bool:
        if self.space.audience == Audience.PUBLIC:
            return True
        if not hasattr(self, "_readers"):
            keys = [each.person for each in found if each.person]
            self._readers = set(readers(self.space).filter(pk__in=keys).values_list("pk", flat=True))
        return one.person in self._readers
