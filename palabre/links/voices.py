"""Voices: what carries something on a thread, as a step before it. A room whose items bear people's voices says in
which rows they stand and how they are told, to each reader as much as they may know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from palabre.links.stops import Stop

Told = Callable[[Sequence[int], Any], Mapping[int, str]]

_told: dict[type[models.Model], Told] = {}


def bears(model: type[models.Model]) -> Callable[[Told], Told]:
    """`@bears(Support)` on a function that says, of items by their keys, in a few words for a reader whose voices they
    have. A row of the model is a voice for its `item`, whose page has a place `#voices`."""

    def register(told: Told) -> Told:
        _told[model] = told
        return told

    return register


def number_of(column: str) -> str:
    """How many voices there are for the item of a column of an outer statement, as part of that."""
    tables = [model._meta.db_table for model in _told]
    counted = [f"(SELECT count(*) FROM {table} voice WHERE voice.item_id = {column})" for table in tables]  # noqa: S608
    return " + ".join(counted) or "0"


@dataclass(slots=True)
class Heard:
    """The voices for one thing on a thread; `said` is whose they are, as far as its reader may know, once asked. Where
    the thread is `forked` it stands beside other things, and is named."""

    of: Stop
    said: str = ""
    forked: bool = False

    @property
    def number(self) -> int:
        return self.of.voices

    def get_absolute_url(self) -> str:
        return f"{self.of.get_absolute_url()}#voices"


def tell(heard: Iterable[Heard], reader: Any) -> None:
    """Whose they are: one query for each sort of voices there is."""
    heard = list(heard)
    keys = [each.of.pk for each in heard]
    said = {pk: words for told in _told.values() if keys for pk, words in told(keys, reader).items()}
    for each in heard:
        each.said = said.get(each.of.pk, "")
