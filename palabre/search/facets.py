"""Facets: what a search may be narrowed by, read from the address and drawn with their counts."""

from dataclasses import dataclass
from html import escape
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from palabre.items import kinds
from palabre.kit.drawing import reach
from palabre.kit.postgresql.keys import Keys
from palabre.kit.queries import Slot
from palabre.people.models import Person
from palabre.search.asking import Answer
from palabre.search.retrieval import AGES, MOST_VALUES, Choice
from palabre.search.shown import Question, says
from palabre.spaces import sight
from palabre.tags.models import Tag

MOST_CHOSEN = 20


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet."""

    value: Any
    label: Any
    count: int
    chosen: bool
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """One question a search can be narrowed by; `single` if it has one answer, `more` if it has answers not shown."""

    name: str
    legend: str
    options: list[Option]
    single: bool = False
    more: bool = False

    @property
    def is_chosen(self) -> bool:
        return any(option.chosen for option in self.options)


def chosen(request: HttpRequest) -> Choice:
    """What the address has ticked. A name the reader may not know narrows to nothing, as one that does not exist."""
    asked = {name: request.GET.getlist(name)[:MOST_CHOSEN] for name in ("kind", "space", "tag", "author")}
    values: dict[str, list[int | str]] = {}
    if asked["kind"]:
        values["kind"] = list(asked["kind"])
    if asked["space"]:
        slugs = {space.slug: space.pk for space in sight.of(request.user).spaces.values()}
        values["space"] = [slugs.get(slug, 0) for slug in asked["space"]]
    for name in ("tag", "author"):
        if asked[name]:
            values[name] = [int(value) if value.isdecimal() and len(value) < 16 else 0 for value in asked[name]]
    age = request.GET.get("age", "")
    return Choice(values, age if age in AGES else "")


def found(answer: Answer, choice: Choice, person: Any) -> list[Facet]:
    """The facets of an answer; one that has a single value and is not ticked says nothing and is left out."""
    if answer.found is None:
        return []
    counts = answer.found.counts
    tags, authors = (
        {each["pk"]: each["name"] for each in answer.beside[name]} | _unknown(counts, choice, name)
        for name in ("tag", "author")
    )
    seen, known = sight.of(person), {kind.name for kind in kinds.every()}
    spaces = [pk for pk in seen.spaces if counts["space"].get(pk) or _ticked(choice, "space", pk)]
    unknown = [name for name in choice.values.get("kind", ()) if name not in known]
    facets = [
        Facet("kind", _("Kind"), [
            Option(kind.name, kind.label_plural, counts["kind"].get(kind.name, 0), _ticked(choice, "kind", kind.name))
            for kind in kinds.every()
        ] + [Option(name, "…", 0, chosen=True) for name in unknown]),
        Facet("space", _("Space"), [
            Option(slug, name, counts["space"].get(pk, 0), _ticked(choice, "space", pk), audience)
            for pk, (slug, name, audience) in zip(spaces, seen.told(spaces), strict=True)
        ]),
        Facet("tag", pgettext("search", "Tag"), [
            Option(pk, name, counts["tag"].get(pk, 0), _ticked(choice, "tag", pk)) for pk, name in tags.items()
        ]),
        Facet("author", _("Author"), [
            Option(pk, name, counts["author"].get(pk, 0), _ticked(choice, "author", pk))
            for pk, name in authors.items()
        ]),
        Facet("age", _("Date"), [
            Option(age, label, counts["age"].get(age, 0), choice.age == age)
            for age, label in _ages()
            if choice.age or counts["age"].get(age, 0) < answer.total
        ], single=True),
    ]  # fmt: skip
    return [kept for facet in facets if (kept := _worth_showing(facet)).options]


def fields(facets: list[Facet]) -> SafeString:
    """The facets as fields of the form `search`; drawn here, since they are some thirty labels on every page."""
    pieces = []
    for facet in facets:
        options = [_input(facet, option) for option in facet.options]
        if facet.single:
            options.insert(0, _input(facet, Option("", _("Any time"), 0, not facet.is_chosen)))
        if facet.more:
            others = escape(_("and others, less frequent"))
            options.append(f'<p class="hint">{others}</p>')
        pieces.append(f'<fieldset class="facet"><legend>{escape(facet.legend)}</legend>{"".join(options)}</fieldset>')
    return mark_safe("".join(pieces))  # noqa: S308 - every value is escaped


def _input(facet: Facet, option: Option) -> str:
    value = escape(str(option.value))
    bars = reach(option.audience) if option.audience else ""
    count = f'<span class="count">{option.count}</span>' if option.value != "" else ""
    return (
        f'<label><input type="{"radio" if facet.single else "checkbox"}" form="search" name="{facet.name}"'
        f' value="{value}" id="{facet.name}-{value}"{" checked" if option.chosen else ""}>'
        f"{bars}{escape(str(option.label))}{count}</label>"
    )


def _ages() -> list[tuple[str, str]]:
    return [("day", _("Last 24 hours")), ("week", _("Last week")), ("month", _("Last month")), ("year", _("Last year"))]


def _standing(question: Question, name: str) -> Keys:
    """The tags or authors that were counted, which stand on something visible."""
    return Keys(pk for pk, number in question.found.counts[name].items() if number)


says(
    "tag",
    lambda: Tag.objects.filter(pk__among=Slot("tags")).order_by().values("pk", "name"),
    lambda question: {"tags": _standing(question, "tag")},
)
says(
    "author",
    lambda: Person.objects.filter(pk__among=Slot("authors")).order_by().values("pk", "name"),
    lambda question: {"authors": _standing(question, "author")},
)


def _unknown(counts: dict[str, dict], choice: Choice, name: str) -> dict[int, str]:
    """What was ticked and does not stand on anything found."""
    return {
        number: "…"
        for number in choice.values.get(name, ())
        if isinstance(number, int) and not counts[name].get(number)
    }


def _ticked(choice: Choice, name: str, value: Any) -> bool:
    return value in choice.values.get(name, ())


def _worth_showing(facet: Facet) -> Facet:
    options = [option for option in facet.options if option.count or option.chosen]
    if not facet.single:
        options.sort(key=lambda option: -option.count)
    telling = len(options) > 1 or any(option.chosen for option in options)
    shown = [option for place, option in enumerate(options) if place < MOST_VALUES or option.chosen]
    return Facet(facet.name, facet.legend, shown if telling else [], facet.single, len(shown) < len(options))
