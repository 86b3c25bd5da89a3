"""Starting a consultation, putting a question: what is typed is checked, and comes back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from palabre.consultations import keys
from palabre.consultations.enclosing import ACCEPTS
from palabre.consultations.figures import row
from palabre.consultations.methods import METHODS, Method, worded
from palabre.consultations.models import Mix
from palabre.consultations.picturing import Shown, options
from palabre.consultations.questions import CHOSEN, KINDS, OF_OPTIONS, OWN, PARTS, Question, part_called
from palabre.consultations.words import LANGUAGES
from palabre.kit.policy import may
from palabre.spaces import sight

MOST_OPTIONS, LONGEST = 40, 280
ONCE = "opinions"  # of statements there is one wording, as of all that is voted on (decision 69)


def other_than(language: str) -> str:
    """The other language of the house."""
    return next((code for code in LANGUAGES if code != language), language)


class Starting(forms.Form):
    """What a method needs to be told: where, about what, and its lines."""

    space = forms.ChoiceField(label=_("In which space?"))
    name = forms.CharField(
        label=_("What is it about?"),
        max_length=120,
        help_text=_("As people call it: “the fibre box”, “our Saturday opening”."),
    )
    name_other = forms.CharField(label=_("The same, in the other language"), max_length=120, required=False)
    lines = forms.CharField(label="", widget=forms.Textarea(attrs={"rows": 5}), max_length=12_000)
    lines_other = forms.CharField(
        label=_("The same lines, in the other language"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=12_000,
        required=False,
        help_text=_("One a line, in the same order. Left empty, everybody reads them as they are above."),
    )
    prices = forms.CharField(
        label=_("The prices you think of"),
        max_length=200,
        help_text=_("From three to eight, with semicolons in between."),
    )
    mix = forms.ChoiceField(
        label=_("What of it is asked about?"),
        required=False,
        choices=[("", _("Something else")), *Mix.choices],
        help_text=_("One of the seven P. The planner shows what was asked about each offer, and what never was."),
    )
    unit = forms.CharField(
        label=_("Currency"),
        max_length=20,
        required=False,
        help_text=_("As it stands behind the price: €, F CFA, a month."),
    )

    def __init__(self, data: Any, *, person: Any, method: Method | None, **initial: Any) -> None:
        super().__init__(data, initial={"mix": method.about if method else ""} | initial)
        self.method = method
        self.spaces = {each.slug: each for each in sight.of(person).spaces.values() if may(person, "space.write", each)}
        field: Any = self.fields["space"]
        field.choices = [(slug, each.name) for slug, each in self.spaces.items()]
        wanted = method.fields if method else ()
        for name in ("lines", "prices", "unit"):
            if name not in wanted:
                del self.fields[name]
        if method and "lines" in wanted:
            self.fields["lines"].label = method.lines
        if "lines" not in wanted or method is METHODS[ONCE]:
            del self.fields["lines_other"]
        if method is None or method is METHODS[ONCE]:
            del self.fields["name_other"]

    def clean_lines(self) -> list[str]:
        assert self.method is not None
        return _fitting(self.cleaned_data["lines"], self.method)

    def clean_prices(self) -> list[Any]:
        found = row(self.cleaned_data["prices"])
        if found is None:
            raise ValidationError(
                gettext("Put semicolons between the prices, to tell which they are: 5000; 7500; 10000.")
            )
        if not 3 <= len(prices := sorted(set(found))) <= 8:
            raise ValidationError(gettext("Write from three to eight different prices."))
        return prices

    def clean_lines_other(self) -> str:
        return _as_many(self.cleaned_data["lines_other"], self.cleaned_data.get("lines"))

    def told(self) -> dict[str, Any]:
        """What the method makes its questions of."""
        said, language = self.cleaned_data, self.spaces[self.cleaned_data["space"]].language
        name = worded([said["name"]], [said.get("name_other") or ""], language)[0]
        lines = worded(said.get("lines") or [], _lines(said.get("lines_other") or ""), language)
        return {"name": name, "lines": lines, "prices": said.get("prices") or [], "unit": said.get("unit") or ""}


class Stating(forms.Form):
    """The statements with which a map of opinions begins."""

    lines = forms.CharField(label=METHODS[ONCE].lines, widget=forms.Textarea(attrs={"rows": 12}), max_length=12_000)

    def clean_lines(self) -> list[str]:
        return _fitting(self.cleaned_data["lines"], METHODS[ONCE])


class Wording(forms.Form):
    """The words of one question, in the language of the space and, if one likes, in the other."""

    title = forms.CharField(label=_("The question"), max_length=LONGEST)
    title_other = forms.CharField(label=_("The same, in the other language"), max_length=LONGEST, required=False)
    hint = forms.CharField(label=_("What helps to understand it"), max_length=LONGEST, required=False)
    hint_other = forms.CharField(
        label=_("What helps to understand it, in the other language"), max_length=LONGEST, required=False
    )

    def reworded(self, kept: dict[str, Any], language: str) -> dict[str, Any]:
        """The same question in these words: a method reads all the rest of it."""
        return {**kept, "title": self.words("title", language), "hint": self.words("hint", language)}

    def words(self, name: str, language: str) -> dict[str, str]:
        """What was typed in `language` and in the other, as far as it was."""
        pair = {language: self.cleaned_data[name], other_than(language): self.cleaned_data[f"{name}_other"]}
        return {code: text for code, text in pair.items() if text}


class Asking(Wording):
    """One question of one's own."""

    kind = forms.ChoiceField(label=_("What kind of answer?"), choices=[(name, KINDS[name]) for name in OWN])
    options = forms.CharField(
        label=_("Choices"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=8000,
        help_text=_("One a line."),
    )
    options_other = forms.CharField(
        label=_("The same choices, in the other language"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=8000,
    )
    rows = forms.CharField(
        label=_("For which things?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=8000,
        help_text=_("Only to choose the same for several things: one a line."),
    )
    rows_other = forms.CharField(
        label=_("The same things, in the other language"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=8000,
    )
    low = forms.ChoiceField(label=_("The lowest mark"), choices=[("1", "1"), ("0", "0")], required=False)
    high = forms.IntegerField(label=_("The highest mark"), min_value=2, max_value=10, initial=5, required=False)
    end_low = forms.CharField(label=_("What the lowest mark says"), max_length=60, required=False)
    end_low_other = forms.CharField(
        label=_("What the lowest mark says, in the other language"), max_length=60, required=False
    )
    end_high = forms.CharField(label=_("What the highest mark says"), max_length=60, required=False)
    end_high_other = forms.CharField(
        label=_("What the highest mark says, in the other language"), max_length=60, required=False
    )
    accepts = forms.ChoiceField(
        label=_("Which files?"), choices=list(ACCEPTS.items()), required=False, help_text=_("Only to ask for a file.")
    )
    required = forms.BooleanField(label=_("It must be answered"), required=False, initial=True)
    shuffle = forms.BooleanField(label=_("Show the choices in a random order"), required=False)
    together = forms.BooleanField(label=_("On the same screen as the question before"), required=False)
    only_if = forms.ChoiceField(label=_("Only for those who chose"), required=False)
    cell = forms.ChoiceField(
        label=_("Shown to whom?"),
        choices=[("", _("Everybody")), *((key, part_called(key)) for key in PARTS)],
        required=False,
        help_text=_("Who answers is put into a part at random: ask each part in other words, and compare."),
    )
    most = forms.IntegerField(
        label=_("No more than so many answers for each choice"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("A quota: who chooses what is full already is thanked, and not asked further."),
    )

    field_order = ("kind",)

    def __init__(self, data: Any, *, before: list[Question], pictures: list[Shown], language: str, **more: Any) -> None:
        super().__init__(data, **more)
        self.pictures, self.language = pictures, language
        field: Any = self.fields["only_if"]
        choices = [
            (f"{each.key}:{option.key}", f"{each}: {option}")
            for each in before if each.kind in CHOSEN for option in each.options
        ]  # fmt: skip
        field.choices = [("", gettext("Everybody")), *choices]

    def clean_options_other(self) -> str:
        return _as_many(self.cleaned_data["options_other"], _once(self.cleaned_data.get("options", "")))

    def clean_rows_other(self) -> str:
        return _as_many(self.cleaned_data["rows_other"], _once(self.cleaned_data.get("rows", "")))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        kind, lines = said.get("kind"), _once(said.get("options") or "")
        if kind in OF_OPTIONS and kind != "picture" and not 2 <= len(lines) <= MOST_OPTIONS:
            self.add_error("options", gettext("Write two choices at least, and no more than %d.") % MOST_OPTIONS)
        if kind == "matrix" and not 1 <= len(_lines(said.get("rows") or "")) <= MOST_OPTIONS:
            self.add_error("rows", gettext("Write one thing a line, at least one."))
        chosen = [each for each in self.pictures if each.chosen] if kind == "picture" else []
        if kind == "picture" and not 2 <= len(chosen) <= MOST_OPTIONS:
            self.add_error(None, gettext("Choose two pictures at least, and no more than %d.") % MOST_OPTIONS)
        if not all(each.words for each in chosen):
            self.add_error(
                None, gettext("Say in a few words what each picture shows: not everybody sees it, and results name it.")
            )
        return said

    def made(self, key: str, before: Mapping[str, Any]) -> dict[str, Any]:
        """The question as a consultation keeps it; `before`: as it was kept until now."""
        said, kind = self.cleaned_data, self.cleaned_data["kind"]
        asked = {"key": key, "kind": kind, **{name: said[name] for name in ("required", "shuffle", "together")}}
        made = self.reworded(asked, self.language)
        if kind == "picture":
            made["options"] = options(self.pictures, before.get("options", ()), self.language)
        elif kind in OF_OPTIONS:
            made["options"] = self._lines("options", before)
        if kind == "matrix":
            made["rows"] = self._lines("rows", before)
        if kind == "rating":
            ends = [self.words(name, self.language) for name in ("end_low", "end_high")]
            made |= {"low": int(said["low"] or 1), "high": said["high"] or 5, "ends": ends if any(ends) else []}
        if kind == "file" and said["accepts"]:
            made["accepts"] = said["accepts"]
        if said["cell"]:
            made["cells"] = [said["cell"]]
        if said["only_if"]:
            question, _colon, option = said["only_if"].partition(":")
            made["only_if"] = {"question": question, "options": [option]}
        return made

    def _lines(self, name: str, before: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What was written one a line, each in its languages, under a key of its own."""
        lines = _once(self.cleaned_data[name])
        words = worded(lines, _lines(self.cleaned_data[f"{name}_other"]), self.language)
        held = {each["key"]: each["title"].get(self.language, "") for each in before.get(name, ())}
        return [{"key": key, "title": each} for key, each in zip(keys.kept(lines, held), words, strict=True)]


def _fitting(text: str, method: Method) -> list[str]:
    """Its lines, each once, if they are as many and as long as the method takes."""
    lines = _once(text)
    if not method.least <= len(lines) <= method.most:
        raise ValidationError(
            gettext("Write %(least)d lines at least, and no more than %(most)d."),
            params={"least": method.least, "most": method.most},
        )
    if any(len(line) > LONGEST for line in lines):
        raise ValidationError(gettext("A line has %d characters at most.") % LONGEST)
    return lines


def _lines(text: str) -> list[str]:
    lines = [" ".join(line.replace("\x00", "").split()) for line in text.splitlines()]
    return [line for line in lines if line]


def _once(text: str) -> list[str]:
    """Its lines, each once."""
    return list(dict.fromkeys(_lines(text)))


def _as_many(other: str, lines: list[str] | None) -> str:
    """What stands in the other language, line by line: all of it, or nothing, for a line that is left out would give
    each after it the words of another."""
    here = len(_lines(other))
    if lines and here not in (0, len(lines)):
        raise ValidationError(
            gettext("Write as many lines as above, in the same order, or none: above are %(wanted)d, here %(here)d."),
            params={"wanted": len(lines), "here": here},
        )
    return other
