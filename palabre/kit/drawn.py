"""Instances that a query found, of which few are looked at: each is made when somebody does."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any


class Drawn(Mapping[int, Any]):
    """Instances by primary key, the first column, in the order of their query; each is made when it is looked at."""

    def __init__(
        self, names: Sequence[str], rows: Mapping[int, tuple], draw: Callable[[list[tuple]], Iterator[Any]]
    ) -> None:
        self._names, self._rows, self._draw = names, rows, draw
        self._made: dict[int, Any] = {}

    def __getitem__(self, key: int) -> Any:
        if key not in self._made:
            [self._made[key]] = self._draw([self._rows[key]])
        return self._made[key]

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def without(self, keys: Container[int]) -> Drawn:
        """The same, but for some."""
        return Drawn(self._names, {key: row for key, row in self._rows.items() if key not in keys}, self._draw)

    def anew(self) -> Drawn:
        """The same rows, of which nothing is made yet: for whoever asks next."""
        return Drawn(self._names, self._rows, self._draw)

    def columns(self, keys: Iterable[int], *names: str) -> tuple[tuple[Any, ...], ...]:
        """What some columns say of some of them, without making any."""
        asked = itemgetter(*(self._names.index(name) for name in names))
        return tuple(asked(self._rows[key]) for key in keys)

    def column(self, name: str) -> dict[int, Any]:
        """What one column says of those of which it says something, without making any."""
        at = self._names.index(name)
        return {key: row[at] for key, row in self._rows.items() if row[at]}
