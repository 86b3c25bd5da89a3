"""Completing `#` while one writes: tags that the writer sees something under, the most used first."""

from typing import Any

from palabre.authoring.completion import SHOWN, Suggestion, completes
from palabre.tags.beginning import beginning


@completes("#")
def tags(person: Any, typed: str) -> list[Suggestion]:
    """Tags whose name, or a synonym, begins as typed."""
    return [Suggestion(f"#{_word(tag.name)} ", tag.name, str(tag.uses)) for tag in beginning(person, typed, SHOWN)]


def _word(name: str) -> str:
    """The name as one word, which is how a text writes it."""
    return name.replace(" ", "-")
