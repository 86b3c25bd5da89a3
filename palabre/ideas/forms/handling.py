"""The forms of ideas: whose voice is brought, where an idea goes and why, what becomes of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palabre.ideas.models import LONGEST, Idea, Source
from palabre.ideas.stages import Funnel
from palabre.people.forms import SpokenFor
from palabre.people.models import Organisation, Person, Side
from palabre.spaces.naming import reader_named


class Bringing(forms.Form):
    """Whose voice it is, and where it was heard. Somebody nobody knows yet is introduced, without an account."""

    who = forms.CharField(
        label=gettext_lazy("Whose voice is it?"),
        max_length=120,
        help_text=gettext_lazy("A name or a @handle. Who is not known here yet is introduced, without an account."),
    )
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    source = forms.ChoiceField(label=gettext_lazy("Where did you hear it?"), choices=Source.choices)
    words = forms.CharField(
        label=gettext_lazy("What they said"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In their own words, as far as you have them."),
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["organisation"].queryset = Organisation.objects.visible_to(by)  # type: ignore[attr-defined]
        self.known: Person | None = None
        self.unknown: SpokenFor | None = None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("who") and "organisation" not in self.errors:
            self._find(said["who"], said.get("organisation"))
        return said

    def _find(self, who: str, organisation: Organisation | None) -> None:
        people = Person.objects.visible_to(self.by).present().filter(is_bot=False, one_with=None)
        if who.startswith("@"):
            found = list(people.filter(handle__iexact=who[1:]))
            if not found:
                return self.add_error("who", _("Nobody you can meet has that handle."))
        else:
            named = people.filter(name__iexact=who)
            found = list((named.filter(organisation=organisation) if organisation else named)[:2])
        if len(found) > 1:
            return self.add_error("who", _("Several people are called so: write a @handle."))
        if found:
            return self._take(found[0])
        side = organisation.side if organisation else Side.CUSTOMER
        self.unknown = SpokenFor({"name": who, "side": side, "organisation": organisation and organisation.pk})
        if not self.unknown.is_valid():
            self.add_error("who", ValidationError([e for errors in self.unknown.errors.values() for e in errors]))
        return None

    def _take(self, person: Person) -> None:
        if person.pk == self.by.pk:
            self.add_error("who", _("That is you: give your own voice."))
        elif person.is_inside and person.has_account:
            self.add_error("who", _("Colleagues with an account speak for themselves: ask them."))
        self.known = person

    def person(self) -> Person:
        """Whose voice it is, introduced now if need be."""
        if self.known:
            return self.known
        assert self.unknown is not None
        return Person.objects.speak_for(by=self.by, **self.unknown.cleaned_data)


class Moving(forms.Form):
    """To which stage, and why: the words reach everybody concerned."""

    to = forms.ChoiceField(label=gettext_lazy("Stage"))
    words = forms.CharField(
        label=gettext_lazy("Why, in your words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Say why: the people concerned read it.")},
    )

    def __init__(self, *args: Any, funnel: Funnel, current: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(each.key, str(each)) for each in funnel if each.key != current]  # type: ignore[attr-defined]


class Handling(forms.Form):
    """The official answer, who carries the idea, what it should bring and brought."""

    answer = forms.CharField(
        label=gettext_lazy("Official answer"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Signed with your name and today’s date; everybody concerned is told."),
    )
    carrier = forms.CharField(
        label=gettext_lazy("Who carries it"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("A name or a @handle of somebody who reads this space."),
    )
    expected = forms.CharField(
        label=gettext_lazy("What it should bring"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    observed = forms.CharField(
        label=gettext_lazy("What it brought"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("As it was seen, good or bad; everybody concerned is told."),
    )

    def __init__(self, *args: Any, idea: Idea, by: Any, **kwargs: Any) -> None:
        initial = {name: getattr(idea, name) for name in ("answer", "expected", "observed")}
        initial["carrier"] = f"@{idea.carrier.handle}" if idea.carrier else ""
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.idea, self.by = idea, by

    def clean_carrier(self) -> Person | None:
        typed = self.cleaned_data["carrier"].strip()
        return reader_named(self.idea.item.space, self.by, typed, self.idea.carrier) if typed else None
