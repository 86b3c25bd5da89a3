"""Declaring how it is decided, and steering a vote: what is typed is checked, and comes back as it was."""

from __future__ import annotations

import re
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from palabre.counting import document
from palabre.counting.ballots import Unfit
from palabre.counting.terms import Quorum, Terms
from palabre.counting.ties import Chair, StatusQuo, TieRule
from palabre.decisions.methods import BASES, SHARES, Method
from palabre.decisions.models import Decision, Shown, Who
from palabre.kit.clock import now
from palabre.people.models import Organisation, Person
from palabre.spaces.models import Space
from palabre.spaces.readership import readers
from palabre.tags.keys import key_of

MOST_OPTIONS, MOST_NAMED = 50, 1000
SECRECY = {
    "": _("Open: whoever sees the result sees who said what"),
    "yes": _("Secret: nobody ever sees who said what"),
}
OWN = ("share", "base", "seats", "highest", "dots", "each", "credits", "against", "budget")
UNWORDED = ("options", "ties", "secret", "delegated")  # who says why says it by name, and for themselves
TIES = {
    "": _("It stays open"),
    "lot": _("A lot, that anybody can draw again"),
    "chair": _("What stands higher in the list of options"),
    "status-quo": _("The last of the options, which changes nothing"),
}
DECLARED = ("who", "shown", "secret", "delegated", "opens_at", "closes_at", "review_on")
MOMENT = "%Y-%m-%dT%H:%M"


def _moment(**more: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(widget=widget, input_formats=[MOMENT, "%Y-%m-%d %H:%M"], **more)


class Preparation(forms.Form):
    """All that is declared before opening. Of the numbers only those stay that the method needs."""

    options = forms.CharField(label=_("Options"), widget=forms.Textarea(attrs={"rows": 4}), max_length=10_000)
    share = forms.ChoiceField(
        label=_("An option carries with"), choices=[(key, each[0]) for key, each in SHARES.items()]
    )
    base = forms.ChoiceField(label=_("A share"), choices=BASES)
    budget = forms.IntegerField(label=_("The sum to spend"), min_value=1, max_value=10**12)
    highest = forms.IntegerField(label=_("Points go from 0 to"), min_value=1, max_value=100, initial=5)
    dots = forms.IntegerField(label=_("Dots for each person"), min_value=1, max_value=100, initial=5)
    each = forms.IntegerField(label=_("Dots on one option, at most"), min_value=1, max_value=100, required=False)
    credits = forms.IntegerField(label=_("Credits for each person"), min_value=1, max_value=10_000, initial=100)
    against = forms.BooleanField(label=_("Votes may also go against an option"), required=False)
    seats = forms.IntegerField(label=_("How many are chosen"), min_value=1, max_value=MOST_OPTIONS, initial=1)
    ties = forms.ChoiceField(label=_("Between equals decides"), choices=TIES, required=False)
    who = forms.ChoiceField(label=_("Who may vote?"), choices=Who, widget=forms.RadioSelect, initial=Who.MEMBERS)
    named = forms.CharField(
        label=_("The people named"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=5000,
        help_text=_(
            "Only for a list of names: one a line, by name or @handle. For an organisation, its name and who holds its "
            "mandate: Coop Thiès: @ramata"
        ),
    )
    quorum = forms.CharField(
        label=_("How many must take part"),
        required=False,
        max_length=12,
        help_text=_("A number, as 12, or a share of those who may vote, as 50 %. Who abstains takes part."),
    )
    shown = forms.ChoiceField(
        label=_("Results are shown"), choices=Shown, widget=forms.RadioSelect, initial=Shown.CLOSED
    )
    secret = forms.TypedChoiceField(
        label=_("Ballots are"),
        choices=list(SECRECY.items()),
        widget=forms.RadioSelect,
        required=False,
        coerce=bool,
    )
    delegated = forms.BooleanField(
        label=_("Voices may be lent"),
        required=False,
        help_text=_(
            "Who does not vote is heard with the ballot of whom they lent their voice to, for this space or one of its "
            "topics. A vote of one’s own always goes first."
        ),
    )
    opens_at = _moment(label=_("Opens"), required=False, help_text=_("Left empty, you open it yourself."))
    closes_at = _moment(label=_("Closes"))
    review_on = forms.DateField(
        label=_("To be looked at again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any, *, method: Method, decision: Decision, by: Any) -> None:
        super().__init__(data, initial=_initial(decision) if decision.rule.get("name") == method.name else None)
        self.method, self.decision, self.by = method, decision, by
        self.mandates: dict[int, int] = {}
        for name in {*OWN, *(UNWORDED if method.options else ())} - set(method.fields):
            del self.fields[name]
        if method.options:
            return
        options = self.fields["options"]
        if method.name == "majority":
            options.required = False
            options.help_text = _("One a line. Left empty: yes and no.")
        elif method.is_budget:
            options.help_text = _("One project a line, with its cost: New kitchen: 1200")
        else:
            options.help_text = _("One a line, in the order of the ballot.")

    def clean_options(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["options"].splitlines()]
        lines = [line for line in lines if line]
        if not lines and self.method.name == "majority":
            with override(self.decision.item.space.language):
                lines = [gettext("Yes"), gettext("No")]
        if self.method.is_budget:
            return self._priced(lines)
        self.cleaned_data["costs"] = {}
        return _counted(lines)

    def _priced(self, lines: list[str]) -> list[str]:
        titles, costs = [], {}
        for number, line in enumerate(lines, 1):
            found = re.fullmatch(r"(.+?)\s*[:=]\s*(\d[\d\s\u00a0\u202f]*)", line)
            cost = int(re.sub(r"\s", "", found[2])) if found else 0
            if not found or not 0 < cost < 10**12:
                raise ValidationError(
                    gettext("“%(line)s” has no cost. Write it after a colon, in whole units: New kitchen: 1200"),
                    params={"line": line},
                )
            titles.append(found[1])
            costs[str(number)] = cost
        self.cleaned_data["costs"] = costs
        return _counted(titles)

    def clean_quorum(self) -> Quorum | None:
        told = re.sub(r"\s", "", self.cleaned_data["quorum"])
        if not told:
            return None
        found = re.fullmatch(r"(\d{1,9})(%?)", told)
        if found and found[2] and 0 < int(found[1]) <= 100:
            return Quorum(share=Fraction(int(found[1]), 100))
        if found and not found[2] and int(found[1]):
            return Quorum(number=int(found[1]))
        raise ValidationError(gettext("Write a number of people, as 12, or a share from 1 to 100 %, as 50 %."))

    def clean_closes_at(self) -> datetime:
        closes: datetime = self.cleaned_data["closes_at"]
        if closes <= now():
            raise ValidationError(gettext("It must close at an hour that is still to come."))
        return closes

    def clean_named(self) -> list[Any]:
        lines = [line.strip().removeprefix("@") for line in self.cleaned_data["named"].splitlines() if line.strip()]
        if not lines or self.cleaned_data.get("who") != Who.NAMED:
            return []
        if len(lines) > MOST_NAMED:
            raise ValidationError(gettext("Name %d people at most, or let everybody vote.") % MOST_NAMED)
        near = readers(self.decision.item.space).filter(is_bot=False)
        found = {}
        for line in lines:
            voter, _colon, holder = line.partition(":")
            name = (holder or voter).strip().removeprefix("@")
            some = list(near.filter(handle__iexact=name)[:1]) or list(near.filter(name__iexact=name)[:2])
            if len(some) != 1:
                raise ValidationError(
                    gettext("Nobody who reads this space is called “%(name)s”. Write a name or a @handle."),
                    params={"name": name},
                )
            if some[0].pk in found and (holder or some[0].pk in self.mandates):
                raise ValidationError(
                    gettext(
                        "%(name)s stands twice in the list: each has one voice, their own or that of one organisation."
                    ),
                    params={"name": some[0].name},
                )
            found[some[0].pk] = some[0]
            if holder:
                self.mandates[some[0].pk] = self._organisation(voter.strip())
        return list(found.values())

    def _organisation(self, name: str) -> int:
        known = Organisation.objects.visible_to(self.by).filter(name__iexact=name).first()
        if known is None or known.pk in self.mandates.values():
            twice = gettext("“%(name)s” stands twice in the list.")
            unknown = gettext("No organisation is called “%(name)s”. It stands before the colon, its voter after it.")
            raise ValidationError(twice if known else unknown, params={"name": name})
        return known.pk

    def clean_review_on(self) -> date | None:
        day: date | None = self.cleaned_data["review_on"]
        if day and day <= localdate():
            raise ValidationError(gettext("Choose a day that is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if self.method.options:
            with override(self.decision.item.space.language):
                told |= {"options": [gettext(title) for title in self.method.options], "ties": ""}
        if told.get("who") == Who.NAMED and "named" not in self.errors and not told.get("named"):
            self.add_error("named", gettext("Name at least one person."))
        if told.get("secret") and told.get("shown") != Shown.CLOSED:
            self.add_error(
                "shown",
                gettext(
                    "With secret ballots, results are shown when the vote is closed: seen on the way, they would tell "
                    "whose ballot just came."
                ),
            )
        if told.get("secret") and told.get("delegated"):
            self.add_error(
                "delegated",
                gettext("A secret ballot carries no lent voice: who lends theirs must be able to see how it was used."),
            )
        opens, closes = told.get("opens_at"), told.get("closes_at")
        if opens and closes and not now() < opens < closes:
            self.add_error("opens_at", gettext("It opens at an hour still to come, before it closes."))
        options = told.get("options") or []
        if told.get("seats") and options and told["seats"] >= len(options):
            self.add_error("seats", gettext("Fewer are chosen than there are options."))
        if self.method.meets_ties and told.get("ties") not in ("lot", "chair"):
            self.add_error(
                "ties", gettext("This method meets equals on its way: choose the lot, or the order of the list.")
            )
        if not self.errors:
            self._declare(told)
        return told

    def _declare(self, told: dict[str, Any]) -> None:
        keys = [str(number) for number in range(1, len(told["options"]) + 1)]
        rules: dict[str, TieRule] = {"chair": Chair(tuple(keys)), "status-quo": StatusQuo(keys[-1])}
        try:
            rule = self.method.make(told)
        except Unfit as unfit:
            raise ValidationError(str(unfit)) from unfit
        said = document.declared(Terms(rule, told["quorum"], rules.get(told["ties"])))
        self.declared = {
            "options": [{"key": key, "title": title} for key, title in zip(keys, told["options"], strict=True)],
            "rule": said["rule"],
            "quorum": said["quorum"],
            # A lot is drawn when it opens, so that nobody who settles the options knows it.
            "ties": {"name": "lot", "sum": ""} if told["ties"] == "lot" else said["ties"],
            **{name: told.get(name) or False if name in UNWORDED else told[name] for name in DECLARED},
        }


def _counted(titles: list[str]) -> list[str]:
    if not 2 <= len(titles) <= MOST_OPTIONS:
        raise ValidationError(gettext("Write two options at least, and no more than %d.") % MOST_OPTIONS)
    if any(len(title) > 200 for title in titles):
        raise ValidationError(gettext("An option has 200 characters at most: say the rest in the text."))
    if len({title.casefold() for title in titles}) < len(titles):
        raise ValidationError(gettext("Two options are the same."))
    return titles


def _initial(decision: Decision) -> dict[str, Any]:
    """What was declared before, as the form holds it."""
    rule, quorum = dict(decision.rule), decision.quorum or {}
    costs = rule.pop("costs", None) or {}
    lines = [f"{each['title']}: {costs[each['key']]}" if costs else each["title"] for each in decision.options]
    named = decision.electors.order_by("pk").values_list("organisation__name", "person__handle")
    share = Fraction(quorum["share"]) if quorum.get("share") else None
    return {
        **rule,
        "options": "\n".join(lines),
        "share": rule.get("share"),
        "ties": decision.ties["name"] if decision.ties else "",
        "quorum": f"{int(share * 100)} %" if share else quorum.get("number") or "",
        "who": decision.who,
        "shown": decision.shown,
        "secret": "yes" if decision.secret else "",
        "delegated": decision.delegated,
        "named": "\n".join(f"{voter}: @{handle}" if voter else f"@{handle}" for voter, handle in named),
        "opens_at": localtime(decision.opens_at) if decision.opens_at else None,
        "closes_at": localtime(decision.closes_at) if decision.closes_at else None,
        "review_on": decision.review_on,
    }


class Steering(forms.Form):
    """Another hour, or an end, with the reason."""

    closes_at = _moment(label=_("Closes"), required=False)
    reason = forms.CharField(
        label=_("Why"), max_length=500, error_messages={"required": _("Say why: those who may vote are told.")}
    )


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
    until = forms.DateField(
        label=_("Until and with"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Votes that close later do not hear it. Without a day, until you take it back."),
    )

    def __init__(self, data: Any, *, by: Any) -> None:
        super().__init__(data)
        self.by = by
        self.fields["space"].queryset = Space.objects.visible_to(by).open().order_by("name")  # type: ignore[attr-defined]

    def clean_to(self) -> Person:
        name = self.cleaned_data["to"].removeprefix("@")
        people = Person.objects.visible_to(self.by).with_account().filter(is_bot=False)
        some = list(people.filter(handle__iexact=name)[:1]) or list(people.filter(name__iexact=name)[:2])
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
