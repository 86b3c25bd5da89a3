"""The permission matrix as a table: each address, what it is about, who is let in, and who may know that it exists.

An address that is missing here fails the tests: a new surface gets its row the same day. The rights themselves are in
`rights.py`, written by hand. Rows read: `Row(about, let_in, method, knows)`; a person who knows but is not let in gets
403 (a stranger is asked to sign in), everybody else gets 404.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.architecture import rights

Who = Callable[["Subject"], set[Any]]


@dataclass(frozen=True)
class Subject:
    """What an address is asked about: a space of the demo world, something `author` wrote there, and who is asking."""

    space: str
    author: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One address. `arguments` picks its arguments from the subject's values; `data` is what is posted."""

    about: str
    let_in: Who
    method: str = "GET"
    knows: Who | None = None
    arguments: dict[str, str] | None = None
    data: dict[str, Any] | None = None
    query: str = ""


def readers(subject: Subject) -> set[Any]:
    return set(rights.READERS[subject.space])


def writers(subject: Subject) -> set[Any]:
    return set(rights.WRITERS[subject.space])


def stewards(subject: Subject) -> set[Any]:
    return set(rights.STEWARDS[subject.space])


def shapers(subject: Subject) -> set[Any]:
    return rights.shapers(subject.space, subject.author)


def commenters(subject: Subject) -> set[Any]:
    return rights.commenters(subject.space)


def author(subject: Subject) -> set[Any]:
    return {subject.author} & readers(subject)


def anyone(_subject: Subject) -> set[Any]:
    return set(rights.EVERYBODY)


def signed_in(_subject: Subject) -> set[Any]:
    return set(rights.SIGNED_IN)


def inside(_subject: Subject) -> set[Any]:
    return set(rights.INSIDE)


def administrators(_subject: Subject) -> set[Any]:
    return set(rights.ADMINISTRATORS)


def those_who_meet(subject: Subject) -> set[Any]:
    return {key for key, met in rights.MEETS.items() if subject.author in met}


def nobody(_subject: Subject) -> set[Any]:
    return set()
