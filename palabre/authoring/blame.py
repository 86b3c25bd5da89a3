"""Who wrote which line: every line of a text with the version that brought it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from palabre.authoring.difference import matcher

Version = TypeVar("Version")


@dataclass(frozen=True, slots=True)
class Line(Generic[Version]):
    version: Version
    text: str


def attribute(versions: Iterable[tuple[Version, str]]) -> list[Line[Version]]:
    """The lines of the last of the versions, given oldest first as (version, text)."""
    lines: list[Line[Version]] = []
    for version, text in versions:
        new = text.splitlines()
        kept: list[Line[Version]] = []
        for step, first, last, start, end in matcher([line.text for line in lines], new).get_opcodes():
            kept += lines[first:last] if step == "equal" else [Line(version, said) for said in new[start:end]]
        lines = kept
    return lines
