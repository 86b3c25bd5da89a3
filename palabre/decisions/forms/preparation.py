"""Declaring how it is decided: what is typed is checked, and comes back as it was."""

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
from palabre.decisions.forms.options import MOST, counted, listed, priced
from palabre.decisions.forms.voters import Named
from palabre.decisions.methods import BASES, SHARES, YES_NO, Method
from palabre.decisions.models import Decision, Shown, Who
from palabre.kit.clock import now
from palabre.kit.days import day_field, moment_field
from palabre.people.models import Person

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
    seats = forms.IntegerField(label=_("How many are chosen"), min_value=1, max_value=MOST, initial=1)
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
        help_text=_("A number, as 12, or a share of those who may vote, as 50%. Who abstains takes part."),
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
    opens_at = moment_field(label=_("Opens"), required=False, help_text=_("Left empty, you open it yourself."))
    closes_at = moment_field(label=_("Closes"))
    review_on = day_field(label=_("To be looked at again on"), required=False)

    def __init__(self, data: Any, *, method: Method, decision: Decision, by: Any) -> None:
        super().__init__(data, initial=_initial(decision) if decision.rule.get("name") == method.name else None)
        self.method, self.decision, self.by = method, decision, by
        self.mandates: dict[int, int] = {}
        for name in {*OWN, *(UNWORDED if method.options else ())} - set(method.fields):
            del self.fields[name]
        if method.options:
            return
        field = self.fields["options"]
        if method.name == "majority":
            field.required = False
            field.help_text = _("One a line. Left empty: yes and no.")
        elif method.is_budget:
            field.help_text = _("One project a line, with its cost: New kitchen: 1200")
        else:
            field.help_text = _("One a line, in the order of the ballot.")

    def clean_options(self) -> list[str]:
        lines = listed(self.cleaned_data["options"])
        if not lines and self.method.name == "majority":
            with override(self.decision.item.space.language):
                lines = list(map(gettext, YES_NO))
        costs: dict[str, int] = {}
        if self.method.is_budget:
            lines, costs = priced(lines)
        self.cleaned_data["costs"] = costs
        return counted(lines)

    def clean_quorum(self) -> Quorum | None:
        told = re.sub(r"\s", "", self.cleaned_data["quorum"])
        if not told:
            return None
        found = re.fullmatch(r"(\d{1,9})(%?)", told)
        if found and found[2] and 0 < int(found[1]) <= 100:
            return Quorum(share=Fraction(int(found[1]), 100))
        if found and not found[2] and int(found[1]):
            return Quorum(number=int(found[1]))
        raise ValidationError(gettext("Write a number of people, as 12, or a share from 1 to 100%, as 50%."))

    def clean_closes_at(self) -> datetime:
        closes: datetime = self.cleaned_data["closes_at"]
        if closes <= now():
            raise ValidationError(gettext("It must close at an hour that is still to come."))
        return closes

    def clean_named(self) -> list[Person]:
        if self.cleaned_data.get("who") != Who.NAMED:
            return []
        named = Named(self.decision.item.space, self.by)
        people = named.read(self.cleaned_data["named"])
        self.mandates = named.mandates
        return people

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
        titles = told.get("options") or []
        if told.get("seats") and titles and told["seats"] >= len(titles):
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
