"""What people say on a ballot. No ballot knows by which rule it will be counted.

Ballots are frozen and hashable, and written one way only, so that equal ones are counted as one pile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypeVar

Option = str


class Unfit(ValueError):
    """A ballot, a rule or a file that cannot be counted; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option, or none: an abstention."""

    kind: ClassVar[str] = "choice"
    option: Option | None = None

    def named(self) -> Iterable[Option]:
        return () if self.option is None else (self.option,)

    def plain(self) -> Any:
        return self.option

    @classmethod
    def read(cls, plain: Any) -> Self:
        if not isinstance(plain, str | None):
            raise Unfit(f"A choice is the key of one option, or null: {plain!r}.")
        return cls(plain)


@dataclass(frozen=True, slots=True)
class Approval:
    """The options one can live with, or the projects one would pay for."""

    kind: ClassVar[str] = "approval"
    options: frozenset[Option] = frozenset()

    def named(self) -> Iterable[Option]:
        return self.options

    def plain(self) -> Any:
        return sorted(self.options)

    @classmethod
    def read(cls, plain: Any) -> Self:
        if not isinstance(plain, list) or not all(isinstance(each, str) for each in plain):
            raise Unfit(f"An approval is a list of options: {plain!r}.")
        if len(set(plain)) < len(plain):
            raise Unfit(f"An option stands twice on a ballot: {plain!r}.")
        return cls(frozenset(plain))


@dataclass(frozen=True, slots=True)
class Ranking:
    """Options in ranks, best first. Those in one rank are equal; those not named come last, equal to each other."""

    kind: ClassVar[str] = "ranking"
    ranks: tuple[tuple[Option, ...], ...] = ()

    def __post_init__(self) -> None:
        seen = [option for rank in self.ranks for option in rank]
        if len(set(seen)) < len(seen):
            raise Unfit(f"An option stands twice on a ballot: {seen!r}.")
        if not all(self.ranks):
            raise Unfit("A rank of a ballot is empty.")
        object.__setattr__(self, "ranks", tuple(rank if len(rank) == 1 else tuple(sorted(rank)) for rank in self.ranks))

    @classmethod
    def of(cls, *ranks: Option | Iterable[Option]) -> Self:
        """`Ranking.of("a", ("b", "c"))`: a first, then b and c."""
        return cls(tuple((rank,) if isinstance(rank, str) else tuple(rank) for rank in ranks))

    def named(self) -> Iterable[Option]:
        return (option for rank in self.ranks for option in rank)

    def strict(self) -> tuple[Option, ...]:
        """The order up to the first rank that holds several: what a paper says that can only go to one at a time."""
        order: list[Option] = []
        for rank in self.ranks:
            if len(rank) > 1:
                break
            order.append(rank[0])
        return tuple(order)

    def plain(self) -> Any:
        return [list(rank) for rank in self.ranks]

    @classmethod
    def read(cls, plain: Any) -> Self:
        if not isinstance(plain, list) or not all(
            isinstance(rank, list) and all(isinstance(each, str) for each in rank) for rank in plain
        ):
            raise Unfit(f"A ranking is a list of ranks, each a list of options: {plain!r}.")
        return cls(tuple(tuple(rank) for rank in plain))


@dataclass(frozen=True, slots=True)
class Marked:
    """A whole number beside each option that somebody spoke of."""

    kind: ClassVar[str] = ""
    marks: tuple[tuple[Option, int], ...] = ()

    @classmethod
    def of(cls, marks: Mapping[Option, int]) -> Self:
        return cls(tuple(sorted(marks.items())))

    def named(self) -> Iterable[Option]:
        return (option for option, _ in self.marks)

    def plain(self) -> Any:
        return dict(self.marks)

    @classmethod
    def read(cls, plain: Any) -> Self:
        if not isinstance(plain, dict) or not all(type(mark) is int for mark in plain.values()):
            raise Unfit(f"A ballot with marks has a whole number beside each option: {plain!r}.")
        return cls.of(plain)


class Scores(Marked):
    """Points for each option."""

    __slots__ = ()
    kind = "scores"


class Grades(Marked):
    """A grade of an ordered scale for each option, as its place from the worst, 0."""

    __slots__ = ()
    kind = "grades"


class Dots(Marked):
    """How many of one's dots stand on each option."""

    __slots__ = ()
    kind = "dots"


class Credits(Marked):
    """Votes for (or, negative, against) each option, which cost their square in credits."""

    __slots__ = ()
    kind = "credits"


Ballot = Choice | Approval | Ranking | Marked
B = TypeVar("B", bound=Ballot)
_ALL: tuple[type[Ballot], ...] = (Choice, Approval, Ranking, Scores, Grades, Dots, Credits)
KINDS = {each.kind: each for each in _ALL}
