"""Pictures to choose from: those of the text, each with the words that are read under it, and where it is not seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from palabre.authoring.files.models import File
from palabre.consultations import keys
from palabre.consultations.methods import worded
from palabre.kit import given

LONGEST = 120


@dataclass(frozen=True)
class Shown:
    """A picture of the text in the form of a question: whether one may choose it, and its words in both languages."""

    key: int
    name: str
    chosen: bool = False
    words: str = ""
    other: str = ""


def of_text(consultation: int) -> dict[int, str]:
    """The names of the pictures of the text, by their keys, in the order in which they came."""
    files = File.objects.present().filter(item=consultation, width__isnull=False).order_by("pk")
    return dict(files.values_list("pk", "name"))


def kept(pictures: Mapping[int, str], options: Iterable[Mapping[str, Any]], language: str, other: str) -> list[Shown]:
    """As the question has them."""
    words = {each["picture"]: each["title"] for each in options if each.get("picture")}
    return [
        Shown(key, name, key in words, words.get(key, {}).get(language, ""), words.get(key, {}).get(other, ""))
        for key, name in pictures.items()
    ]


def typed(pictures: Mapping[int, str], data: Any, fresh: Iterable[int] = ()) -> list[Shown]:
    """As they were just typed; those that came with it (`fresh`) are chosen."""
    chosen = {*given.numbers(data.getlist("picture")), *fresh}
    return [
        Shown(
            key,
            name,
            key in chosen,
            " ".join(given.text(data, f"words-{key}", LONGEST).split()),
            " ".join(given.text(data, f"other-{key}", LONGEST).split()),
        )
        for key, name in pictures.items()
    ]


def options(shown: Sequence[Shown], before: Iterable[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """The chosen ones, as a question keeps them; `before`: as it kept them until now."""
    chosen = [each for each in shown if each.chosen]
    words = worded([each.words for each in chosen], [each.other for each in chosen], language)
    held = {each["key"]: each.get("picture") for each in before}
    return [
        {"key": key, "picture": each.key, "title": said}
        for key, each, said in zip(keys.kept([each.key for each in chosen], held), chosen, words, strict=True)
    ]
