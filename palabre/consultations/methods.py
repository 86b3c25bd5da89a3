"""The methods one can start: what each needs to be told, and the questions it makes of that, in every language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from palabre.consultations.models import Mix
from palabre.consultations.telling import money
from palabre.consultations.words import LANGUAGES, Words, in_all
from palabre.measuring import bestworst, kano

Told = Mapping[str, Any]
Made = dict[str, Any]


@dataclass(frozen=True)
class Method:
    """`title`: of what it makes, with the name of the matter. `about`: which of the seven P it fits. `fields`: what is
    told beside the name. `least` and `most`: how many `lines`.
    """

    name: str
    label: Any
    title: Any
    about: Mix
    short: Any
    fields: tuple[str, ...]
    make: Callable[[Told], Made]
    least: int = 0
    most: int = 0
    lines: Any = ""


def _question(key: str, kind: str, title: Callable[[], Any], names: Words | None = None, **more: Any) -> Made:
    return {"key": key, "kind": kind, "title": in_all(title, names=names), **more}


def _why(**more: Any) -> Made:
    """The one question in one's own words with which most methods end."""
    return _question("why", "essay", lambda: gettext("Why? In your own words, if you like."), required=False, **more)


def _feelings() -> list[Made]:
    labels = (
        lambda: gettext("I would like it"),
        lambda: gettext("I expect it"),
        lambda: gettext("I do not mind"),
        lambda: gettext("I can live with it"),
        lambda: gettext("I would dislike it"),
    )
    return [{"key": key, "title": in_all(label)} for key, label in zip(kano.FEELINGS, labels, strict=True)]


def _five() -> list[Made]:
    labels = (
        lambda: gettext("Certainly not"),
        lambda: gettext("Probably not"),
        lambda: gettext("Perhaps"),
        lambda: gettext("Probably"),
        lambda: gettext("Certainly"),
    )
    return [{"key": str(number), "title": in_all(label)} for number, label in enumerate(labels, 1)]


def _price(told: Told) -> Made:
    name, unit = told["name"], told["unit"]
    asks = {
        "too_cheap": lambda: gettext("So cheap that you would doubt its quality"),
        "cheap": lambda: gettext("Cheap: a good bargain"),
        "expensive": lambda: gettext("Expensive, but you would still think about it"),
        "too_expensive": lambda: gettext("Too expensive: out of the question"),
    }
    made = [
        _question(part, "number", ask, part=part, unit=unit, together=part != "too_cheap") for part, ask in asks.items()
    ]
    made[0]["hint"] = in_all(
        lambda: gettext("At which price would you say so: %(name)s? Four prices, from the lowest to the highest."),
        names=name,
    )
    made.append(
        _question("would_cheap", "choice", lambda: gettext("At the price you call cheap, would you buy it?"),
                  options=_five(), part="would_cheap")
    )  # fmt: skip
    made.append(
        _question("would_expensive", "choice", lambda: gettext("And at the price you call expensive?"),
                  options=_five(), part="would_expensive", together=True)
    )  # fmt: skip
    return {"questions": [*made, _why()]}


def _ladder(told: Told) -> Made:
    rows = [{"key": str(price), "title": in_all(partial(money, price, told["unit"]))} for price in told["prices"]]
    yes_no = [
        {"key": "yes", "title": in_all(lambda: gettext("Yes"))},
        {"key": "no", "title": in_all(lambda: gettext("No"))},
    ]
    asked = _question("ladder", "matrix", lambda: gettext("Would you buy it at this price: %(name)s?"), told["name"],
                      rows=rows, options=yes_no, part="ladder", unit=told["unit"])  # fmt: skip
    return {"questions": [asked, _why()]}


def _kano(told: Told) -> Made:
    made = []
    for number, line in enumerate(told["lines"], 1):
        there = _question(f"there-{number}", "choice", lambda: gettext("How do you feel if it is there: %(name)s?"),
                          line, options=_feelings(), part="there")  # fmt: skip
        missing = _question(f"missing-{number}", "choice", lambda: gettext("And if it is not there?"),
                            options=_feelings(), part="missing", together=True)  # fmt: skip
        made += [there, missing]
    return {"questions": [*made, _why()], "told": {"lines": list(told["lines"])}}


def _bestworst(told: Told) -> Made:
    lines = told["lines"]
    items = [{"key": str(number), "title": line} for number, line in enumerate(lines, 1)]
    made = [
        _question(f"set-{number}", "bestworst", lambda: gettext("Which matters most to you, and which least?"),
                  options=[items[place] for place in places], part="set")
        for number, places in enumerate(bestworst.design(len(lines)).sets, 1)
    ]  # fmt: skip
    return {"questions": [*made, _why()], "told": {"lines": list(lines)}}


def _cells(told: Told, title: Callable[[], Any]) -> Made:
    variants, made = [], []
    for number, line in enumerate(told["lines"], 1):
        key = "abcdef"[number - 1]
        variants.append({"key": key, "title": line})
        made.append(_question(f"rated-{key}", "choice", title, line, options=_five(), part="rated", cells=[key]))
    return {"questions": [*made, _why()], "variants": variants}


def _concept(told: Told) -> Made:
    return _cells(told, lambda: gettext("“%(name)s”. Would you take it?"))


def _message(told: Told) -> Made:
    return _cells(told, lambda: gettext("“%(name)s”. After reading this, would you like to know more?"))


def _recommend(told: Told) -> Made:
    ends = [in_all(lambda: gettext("Not at all")), in_all(lambda: gettext("Gladly"))]
    asks = lambda: gettext("Would you recommend it to a friend or a colleague: %(name)s?")  # noqa: E731
    asked = _question("recommend", "rating", asks, told["name"], low=0, high=10, part="recommend", ends=ends)
    return {"questions": [asked, _why(together=True)]}


def _satisfaction(told: Told) -> Made:
    asked = _question("satisfied", "rating", lambda: gettext("How content are you: %(name)s?"), told["name"],
                      low=1, high=5, part="satisfied", ends=[
                          in_all(lambda: gettext("Not at all")), in_all(lambda: gettext("Very much"))])  # fmt: skip
    return {"questions": [asked, _why(together=True)]}


def _effort(told: Told) -> Made:
    asked = _question("effort", "rating", lambda: gettext("It was easy for me: %(name)s."), told["name"],
                      low=1, high=7, part="effort", ends=[
                          in_all(lambda: gettext("I disagree")), in_all(lambda: gettext("I agree"))])  # fmt: skip
    return {"questions": [asked, _why(together=True)]}


def _opinions(told: Told) -> Made:
    return {"questions": [], "statements": list(told["lines"])}


METHODS = {
    each.name: each
    for each in (
        Method("price", _("Price sensitivity"), _("The right price: %(name)s"),
               Mix.PRICE,
               _("Which prices people find too cheap, cheap, expensive, too expensive: the range they accept."),
               ("unit",), _price),
        Method("ladder", _("Would you buy at this price?"), _("Would you buy it: %(name)s?"),
               Mix.PRICE,
               _("A few prices you think of: how many would buy at each, and which earns most."),
               ("prices", "unit"), _ladder),
        Method("kano", _("What must be there, what delights"), _("What should it have: %(name)s?"),
               Mix.PRODUCT,
               _("For each feature, two questions tell whether it is expected, wanted, or a surprise (Kano)."),
               ("lines",), _kano,
               1, 8, _("The features, one a line")),
        Method("bestworst", _("What matters most"), _("What matters most: %(name)s?"),
               Mix.PRODUCT,
               _("From small sets one names the best and the worst: a clear order, even of many things."), ("lines",),
               _bestworst, bestworst.LEAST, bestworst.MOST, _("The things to compare, one a line")),
        Method("concept", _("Which offer would they take?"), _("Would you take it: %(name)s?"),
               Mix.PRODUCT,
               _("Each sees one of several offers, drawn at random: which does better, and is it sure?"),
               ("lines",), _concept,
               1, 4, _("The offers in a sentence or two each, one a line")),
        Method("message", _("Which message works?"), _("What does it say to you: %(name)s?"),
               Mix.PROMOTION,
               _("Two or more wordings, each shown to some: which makes people want to know more."),
               ("lines",), _message,
               2, 4, _("The wordings, one a line")),
        Method("recommend", _("Would they recommend it?"), _("Would you recommend it: %(name)s?"),
               Mix.PEOPLE,
               _("One mark from 0 to 10 and a reason: the net promoter score, with its interval."), (), _recommend),
        Method("satisfaction", _("Are they content?"), _("Are you content: %(name)s?"),
               Mix.EVIDENCE,
               _("One mark from 1 to 5 and a reason: the share of those who are content."), (), _satisfaction),
        Method("effort", _("Was it easy?"), _("Was it easy: %(name)s?"),
               Mix.PROCESS,
               _("One mark from 1 to 7 and a reason: how much trouble it was to get something done."), (), _effort),
        Method("opinions", _("Opinion map"), _("What do you think: %(name)s?"),
               Mix.PROCESS,
               _("Short statements to agree with or not; people add their own. It shows what unites and what divides."),
               ("lines",), _opinions, 3, 40, _("Statements to begin with, one a line")),
    )
}  # fmt: skip

# With which method one begins to ask about each of the seven P.
FITTING = {
    Mix.PRODUCT: "kano", Mix.PRICE: "price", Mix.PLACE: "bestworst", Mix.PROMOTION: "message",
    Mix.PEOPLE: "recommend", Mix.PROCESS: "effort", Mix.EVIDENCE: "satisfaction",
}  # fmt: skip


def worded(first: Sequence[str], second: Sequence[str], language: str) -> list[dict[str, str]]:
    """Lines in two languages, the first in `language`; a line without its other half is said as it is."""
    other = next((code for code in LANGUAGES if code != language), language)
    pairs = zip(first, [*second, *[""] * (len(first) - len(second))], strict=False)
    return [{language: one, **({other: two} if two else {})} for one, two in pairs]
