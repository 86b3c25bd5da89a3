"""Questions, as a consultation keeps them: read from JSON into what forms and results ask of them.

`{"key", "kind", "title": words, "hint": words, "options": [{"key", "title": words, "picture"}], "rows": [the same],
"low", "high", "ends": [words, words], "required", "shuffle", "together", "only_if": {"question", "options"},
"cells": [keys], "part", "unit", "accepts"}`. `together` puts it on the screen of the one before;
`part` says what it is to the method that reads it; `accepts` which files are taken (see `enclosing`).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from palabre.consultations.words import Words, say

KINDS = {
    "choice": _("One of several"),
    "several": _("Several of several"),
    "rating": _("A mark on a scale"),
    "ranking": _("An order"),
    "matrix": _("The same choice for several things"),
    "picture": _("One of several pictures"),
    "number": _("A number"),
    "date": _("A day"),
    "text": _("A few words"),
    "essay": _("As many words as one likes"),
    "file": _("A file"),
    "bestworst": _("The best and the worst of a few"),
}
PARTS = "abc"  # into which people are put at random, where questions of one's own are not for everybody
Said = Mapping[str, Any]  # what one response answers, by the keys of the questions
OF_OPTIONS = ("choice", "several", "ranking", "matrix", "picture", "bestworst")
CHOSEN = ("choice", "several", "picture")  # some options are and others not: they can be full, or lead to a question
OWN = tuple(name for name in KINDS if name != "bestworst")


@dataclass(frozen=True)
class Option:
    key: str
    title: Words
    picture: int | None = None

    def __str__(self) -> str:
        return say(self.title)


@dataclass(frozen=True)
class Question:
    key: str
    kind: str
    title: Words
    hint: Words = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    low: int = 1
    high: int = 5
    ends: tuple[Words, ...] = ()
    required: bool = True
    shuffle: bool = False
    together: bool = False
    only_if: Mapping[str, Any] = field(default_factory=dict)
    cells: tuple[str, ...] = ()
    part: str = ""
    unit: str = ""
    accepts: str = ""

    def __str__(self) -> str:
        return say(self.title)

    @property
    def template(self) -> str:
        return f"consultations/asked/{self.kind}.html"

    @property
    def part_asked(self) -> Any:
        """Which part of the people is asked, where that was one's own choice."""
        return part_called(self.cells[0]) if self.cells and not self.part else ""

    @property
    def scale(self) -> range:
        return range(self.low, self.high + 1)

    def option(self, key: Any) -> Option | None:
        return next((each for each in self.options if each.key == key), None)

    def ordered(self, seed: str) -> list[Option]:
        """Its options in the order in which one response shows them; the same each time it is opened."""
        return _mixed(self.options, f"{seed}:{self.key}") if self.shuffle else list(self.options)

    def ordered_rows(self, seed: str) -> list[Option]:
        return _mixed(self.rows, f"{seed}:{self.key}:rows") if self.shuffle else list(self.rows)

    def is_asked(self, said: Mapping[str, Any], cell: str) -> bool:
        """Whether it is put to somebody in that cell who has said this so far."""
        if self.cells and cell not in self.cells:
            return False
        if not self.only_if:
            return True
        given = said.get(self.only_if["question"])
        chosen = given if isinstance(given, list) else [given]
        return bool({str(each) for each in chosen} & set(self.only_if["options"]))


def part_called(key: str) -> Any:
    """The part of the people that has this key, as it is named."""
    return format_lazy(_("Part {letter}, drawn at random"), letter=key.upper())


def parts_of(kept: Iterable[Mapping[str, Any]]) -> list[str]:
    """The keys of the parts that these questions need: all up to the last that is named, and two at least."""
    named = {key for each in kept if not each.get("part") for key in each.get("cells", ())}
    return list(PARTS[: max(2, PARTS.index(max(named)) + 1)]) if named else []


def read(kept: Iterable[Mapping[str, Any]]) -> list[Question]:
    """The questions of a consultation."""
    return [_question(each) for each in kept]


def _question(kept: Mapping[str, Any]) -> Question:
    fields = dict(kept)
    for name in ("options", "rows"):
        fields[name] = tuple(Option(**each) for each in fields.get(name, ()))
    for name in ("ends", "cells"):
        fields[name] = tuple(fields.get(name, ()))
    return Question(**fields)


def titles(kept: Iterable[Mapping[str, Any]]) -> list[str]:
    """All words of the questions, in every language, for search."""
    return [text for each in kept for words in (each["title"], *(o["title"] for o in each.get("options", ())))
            for text in (words.values() if isinstance(words, dict) else [words]) if text]  # fmt: skip


def asked(questions: Sequence[Question], said: Said, cell: str) -> list[Question]:
    """Those that are put to somebody, in order. An answer to what is no longer asked opens no other."""
    found: list[Question] = []
    standing: dict[str, Any] = {}
    for each in questions:
        if each.is_asked(standing, cell):
            found.append(each)
            standing[each.key] = said.get(each.key)
    return found


def screens(questions: Sequence[Question], said: Said, cell: str) -> list[list[Question]]:
    """Those that are put to somebody, as they stand together."""
    return _standing(asked(questions, said, cell))


def all_screens(questions: Sequence[Question], cell: str) -> list[list[Question]]:
    """Those that can be put to somebody in that cell, whatever they answer."""
    return _standing([each for each in questions if not each.cells or cell in each.cells])


def _standing(questions: Iterable[Question]) -> list[list[Question]]:
    """As they stand together. What hangs on an answer stands on a later screen."""
    found: list[list[Question]] = []
    for each in questions:
        if each.together and found and each.only_if.get("question") not in {other.key for other in found[-1]}:
            found[-1].append(each)
        else:
            found.append([each])
    return found


def given(said: Iterable[Said], key: str) -> list[Any]:
    """What was answered to one question, by those who answered it."""
    return [each[key] for each in said if each.get(key) is not None]


def of_part(questions: Iterable[Question], part: str) -> list[Question]:
    """The questions that are this to the method which reads them."""
    return [each for each in questions if each.part == part]


def minutes(questions: Sequence[Question]) -> int:
    """How long it takes, at eight seconds an answer and thirty for one in one's own words; at least one."""
    seconds = sum(30 if each.kind == "essay" else 4 + 4 * max(1, len(each.rows)) for each in questions)
    return max(1, round(seconds / 60))


def _mixed(options: Sequence[Option], seed: str) -> list[Option]:
    mixed = list(options)
    random.Random(seed).shuffle(mixed)  # noqa: S311 (an order, not a secret)
    return mixed
