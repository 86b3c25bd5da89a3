"""What decides between equals, declared before opening; and, where nothing does, every way it may fall."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar, Protocol, TypeVar

from palabre.counting.ballots import Option, Unfit

T = TypeVar("T")
WAYS = 3000


class TieRule(Protocol):
    name: ClassVar[str]

    def best(self, tied: Sequence[Option]) -> Option | None:
        """Who is preferred among equals; None if the rule does not say."""

    def worst(self, tied: Sequence[Option]) -> Option | None:
        """Who goes first among equals; None if the rule does not say."""


@dataclass(frozen=True)
class Lot:
    """By lot: one drawing for the whole count, that anybody can draw again.

    Options stand in the order of the SHA-256 of seed, line feed and key. The seed is published, and nobody could know
    it when the options were settled.
    """

    name: ClassVar[str] = "lot"
    seed: str

    def drawn(self, tied: Sequence[Option]) -> list[Option]:
        return sorted(tied, key=lambda option: sha256(f"{self.seed}\n{option}".encode()).hexdigest())

    def best(self, tied: Sequence[Option]) -> Option | None:
        return self.drawn(tied)[0]

    def worst(self, tied: Sequence[Option]) -> Option | None:
        return self.drawn(tied)[-1]


@dataclass(frozen=True)
class Chair:
    """By the chair, who has put the options in order, best first, and may have left some out."""

    name: ClassVar[str] = "chair"
    order: tuple[Option, ...]

    def best(self, tied: Sequence[Option]) -> Option | None:
        return next((option for option in self.order if option in tied), None)

    def worst(self, tied: Sequence[Option]) -> Option | None:
        if not set(self.order).issuperset(tied):
            return None
        return next((option for option in reversed(self.order) if option in tied), None)


@dataclass(frozen=True)
class StatusQuo:
    """Nothing changes unless something better was clearly wanted: the option that keeps things as they are."""

    name: ClassVar[str] = "status-quo"
    option: Option

    def best(self, tied: Sequence[Option]) -> Option | None:
        return self.option if self.option in tied else None

    def worst(self, tied: Sequence[Option]) -> Option | None:
        others = [option for option in tied if option != self.option]
        return others[0] if len(others) == 1 else None


@dataclass(frozen=True)
class Tie:
    """Equals that had to be told apart: over what, by which rule, and who was taken (None: it is open)."""

    over: str  # "win", "surplus", "exclusion", "purchase"
    between: tuple[Option, ...]
    by: str | None
    taken: Option | None


class _Known(Exception):
    """Here we have been, by another way."""


class Fork:
    """Tells equals apart during one count: by the declared rule, or along one of the ways that are open."""

    def __init__(self, rule: TieRule | None, script: tuple[Option, ...], known: set[Hashable]) -> None:
        self.rule, self.script, self.known = rule, script, known
        self.path: list[Option] = []
        self.others: list[tuple[Option, ...]] = []
        self.ties: list[Tie] = []

    def best(self, over: str, tied: Sequence[Option], state: Hashable = None) -> Option:
        """One of `tied`, which is preferred. `state` holds what is decided and all on which the rest depends."""
        return self._take(over, tied, state, self.rule.best(tied) if self.rule else None)

    def worst(self, over: str, tied: Sequence[Option], state: Hashable = None) -> Option:
        """One of `tied`, which goes first."""
        return self._take(over, tied, state, self.rule.worst(tied) if self.rule else None)

    def _take(self, over: str, tied: Sequence[Option], state: Hashable, ruled: Option | None) -> Option:
        if len(tied) == 1:
            return tied[0]
        if ruled is not None and self.rule:
            self.ties.append(Tie(over, tuple(tied), self.rule.name, ruled))
            return ruled
        if len(self.path) < len(self.script):
            taken = self.script[len(self.path)]
        else:
            if (over, state) in self.known:
                raise _Known
            self.known.add((over, state))
            self.others += [(*self.path, other) for other in tied[1:]]
            taken = tied[0]
        self.path.append(taken)
        self.ties.append(Tie(over, tuple(tied), None, None))
        return taken


def every_way(count: Callable[[Fork], T], rule: TieRule | None) -> list[tuple[T, tuple[Tie, ...]]]:
    """What `count` gives along every way in which ties that no rule decides may fall, and the ties met on it.

    One entry when the rule decides all of them. The first takes what stands first on the ballot. Unfit: too many ways.
    """
    scripts: list[tuple[Option, ...]] = [()]
    known: set[Hashable] = set()
    found = []
    for _ in range(WAYS):
        fork = Fork(rule, scripts.pop(), known)
        with suppress(_Known):
            found.append((count(fork), tuple(fork.ties)))
        scripts += fork.others
        if not scripts:
            return found
    raise Unfit("So many ties are open that the ways they may fall cannot be listed: declare a rule that decides them.")


RULES: dict[str, type[Lot] | type[Chair] | type[StatusQuo]] = {each.name: each for each in (Lot, Chair, StatusQuo)}
