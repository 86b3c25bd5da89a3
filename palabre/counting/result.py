"""What came out: who wins, in which order the others stand, and each step of the way there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from typing import Any

from palabre.counting.ballots import Option, Unfit
from palabre.counting.ties import Tie, TieRule

Ranks = tuple[tuple[Option, ...], ...]


@dataclass(frozen=True)
class Turnout:
    """Whether enough took part."""

    present: int
    eligible: int | None
    needed: int
    reached: bool


@dataclass(frozen=True)
class Result:
    """`winners` is all who may win, equals included; `sure` is who does however open ties fall.

    Where nothing is open both are the same. `ranking` is best first, equals together, if the rule gives one; `details`
    is one of the shapes that rules describe beside themselves.
    """

    rule: str
    winners: frozenset[Option]
    sure: frozenset[Option]
    ranking: Ranks | None
    details: Any
    ties: tuple[Tie, ...] = ()
    turnout: Turnout | None = None

    @property
    def decided(self) -> bool:
        return self.winners == self.sure

    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        found: dict[str, Any] = plain(self)
        return found


def ranks_by(options: Sequence[Option], key: Mapping[Option, Any]) -> Ranks:
    """Options by what each got, the most first, equals together in the order of the ballot."""
    levels = sorted({key[option] for option in options}, reverse=True)
    return tuple(tuple(option for option in options if key[option] == level) for level in levels)


def first_of(
    ranking: Iterable[Sequence[Option]], seats: int, rule: TieRule | None
) -> tuple[frozenset[Option], frozenset[Option], tuple[Tie, ...]]:
    """(who may win, who does anyway, ties) when the first `seats` of a ranking win."""
    if seats < 1:
        raise Unfit("At least one option is to be chosen.")
    sure: list[Option] = []
    for rank in ranking:
        left = seats - len(sure)
        if len(rank) > left > 0:
            return _divided(sure, rank, seats, rule)
        sure += rank if left else ()
    return frozenset(sure), frozenset(sure), ()


def _divided(
    sure: list[Option], rank: Sequence[Option], seats: int, rule: TieRule | None
) -> tuple[frozenset[Option], frozenset[Option], tuple[Tie, ...]]:
    """The rank in which the places end."""
    sure, rest, ties = [*sure], [*rank], []
    while len(sure) < seats and len(rest) > seats - len(sure):
        best = rule.best(rest) if rule else None
        ties.append(Tie("win", tuple(rest), rule.name if rule and best else None, best))
        if best is None:
            return frozenset(sure + rest), frozenset(sure), tuple(ties)
        sure.append(best)
        rest.remove(best)
    return frozenset(sure), frozenset(sure), tuple(ties)


def written(number: Fraction) -> str:
    """A fraction as exact text that `Fraction` reads: decimals where they end, else numerator/denominator."""
    rest, places = number.denominator, 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest, places = rest // prime, places + 1
    if rest > 1 or not places:
        return str(number)
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    decimals = digits[-places:].rstrip("0")
    return f"{'-' if number < 0 else ''}{digits[:-places]}{'.' + decimals if decimals else ''}"


def plain(value: Any) -> Any:
    """As JSON has it: fractions as text, sets sorted."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Fraction):
        return written(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(plain(each) for each in value)
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return value
