"""Everything needed to recompute a result, as one JSON document.

`palabre`: 1; `title`; `options`, each with `key` and `title`, in the order of the ballot; `rule` with its name and
numbers; `quorum` and `ties`, or null; `kind` of the ballots; `present`, `eligible`; `ballots`, equal ones together
with their `votes`, in an order that says nothing of who cast them or when; `result`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any

from palabre.counting import ties
from palabre.counting.ballots import KINDS, Option, Unfit
from palabre.counting.poll import Poll
from palabre.counting.result import Result, plain
from palabre.counting.rules import RULES
from palabre.counting.terms import Quorum, Terms

VERSION = 1
LONGEST = 30  # digits of a fraction


@dataclass(frozen=True)
class Document:
    """A question that has been counted. `stated` is the result the document came with, None if it had none."""

    title: str
    titles: dict[Option, str]
    terms: Terms
    poll: Poll[Any]
    stated: dict[str, Any] | None = None

    def count(self) -> Result:
        return self.terms.count(self.poll)

    def differences(self, result: Result) -> list[str]:
        """Which parts of the stated result are otherwise in this one."""
        found, stated = result.plain(), self.stated or {}
        return [part for part in {**stated, **found} if found.get(part) != stated.get(part)]


def write(title: str, titles: Mapping[Option, str], terms: Terms, poll: Poll[Any]) -> dict[str, Any]:
    """The document of a poll counted now. JSON's own types throughout."""
    piles = [{"votes": votes, "ballot": ballot.plain()} for ballot, votes in poll.piles]
    piles.sort(key=lambda pile: (-pile["votes"], json.dumps(pile["ballot"], sort_keys=True)))
    return {
        "palabre": VERSION,
        "title": title,
        "options": [{"key": option, "title": titles[option]} for option in poll.options],
        **declared(terms),
        "kind": terms.rule.ballot.kind,
        "present": poll.present,
        "eligible": poll.eligible,
        "ballots": piles,
        "result": terms.count(poll).plain(),
    }


def read(said: Any) -> Document:
    """Unfit: a document that does not say what is needed, or says it otherwise."""
    if not isinstance(said, dict) or said.get("palabre") != VERSION:
        raise Unfit(f"This is no document of a count that can be read here (palabre: {VERSION}).")
    try:
        titles = {each["key"]: each["title"] for each in said["options"]}
        kind = KINDS[said["kind"]]
        ballots: Counter[Any] = Counter()
        for pile in said["ballots"]:
            if type(pile["votes"]) is not int or pile["votes"] < 1:
                raise Unfit(f"A ballot counts a whole number of votes, one at least: {pile['votes']!r}.")
            ballots[kind.read(pile["ballot"])] += pile["votes"]
        options = [each["key"] for each in said["options"]]
        if not all(isinstance(each, str) for each in (*options, *titles.values())):
            raise Unfit("Each option has a key and a title, and both are text.")
        poll = Poll.of(options, ballots, present=said.get("present"), eligible=said.get("eligible"))
        terms, stated = _terms(said), said.get("result")
        if not isinstance(stated, dict | None):
            raise Unfit("The result of a count is an object with its parts, or null.")
    except Unfit:
        raise
    except KeyError as error:
        raise Unfit(f"Something is missing in this document, or of a name not known here: {error}.") from error
    except (TypeError, AttributeError) as error:
        raise Unfit(f"This document is not built as documents of a count are: {error}.") from error
    return Document(str(said.get("title", "")), titles, terms, poll, stated)


def declared(terms: Terms) -> dict[str, Any]:
    """`rule`, `quorum` and `ties` as a document has them."""
    return {
        "rule": _named(terms.rule),
        "quorum": plain(terms.quorum),
        "ties": _named(terms.ties) if terms.ties else None,
    }


def terms_of(said: dict[str, Any]) -> Terms:
    """What `declared` wrote. Unfit: numbers that a rule cannot have, or a rule not known here."""
    try:
        return _terms(said)
    except (KeyError, TypeError) as error:
        raise Unfit(f"This is not what a count declares: {error}.") from error


def _terms(said: dict[str, Any]) -> Terms:
    quorum = Quorum(**_numbers(Quorum, said["quorum"])) if said.get("quorum") else None
    broken = _made(ties.RULES, said["ties"]) if said.get("ties") else None
    return Terms(_made(RULES, said["rule"]), quorum, broken)


def _named(rule: Any) -> dict[str, Any]:
    return {"name": rule.name, **plain(rule)}


def _made(known: Mapping[str, type[Any]], said: dict[str, Any]) -> Any:
    """The rule of that name, with the numbers it was declared with."""
    cls = known[said["name"]]
    return cls(**_numbers(cls, {name: value for name, value in said.items() if name != "name"}))


def _numbers(cls: type[Any], said: dict[str, Any]) -> dict[str, Any]:
    types = {field.name: str(field.type) for field in fields(cls)}
    return {name: _read(name, types[name], value) for name, value in said.items()}


def _read(name: str, type_: str, value: Any) -> Any:
    """A value as the field of that type needs it."""
    if value is None and type_.endswith("| None"):
        return None
    match type_.removesuffix(" | None"), value:
        case "int", int() if type(value) is int:
            return value
        case "bool", bool():
            return value
        case "str" | "Option", str():
            return value
        case "Fraction", str() if len(value) <= LONGEST and set(value) <= set("0123456789./-"):
            try:
                return Fraction(value)
            except (ValueError, ZeroDivisionError):
                pass
        case "tuple[Option, ...]", list() if all(isinstance(each, str) for each in value):
            return tuple(value)
        case "Mapping[Option, int]", dict() if all(type(each) is int for each in value.values()):
            return dict(value)
    raise Unfit(f"{name} cannot be {value!r}.")
