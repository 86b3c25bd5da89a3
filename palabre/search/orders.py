"""Orders: saved searches as they are asked of many items, and which of them an item may answer at all.

Before anything is indexed, the words of an item are looked at as they stand. What is set aside so cannot answer; what
is not may, and the index says whether it does.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from palabre.items import kinds
from palabre.search import analysis
from palabre.search.plan import Asked
from palabre.search.query import And, Operator, Phrase
from palabre.search.schema import Entry

# The words of the analysers, for what `_is_plain` says; the first is one word to French and two to English.
_WORD = re.compile(r"(?i:aujourd['’]hui)|[^\W_]+")
_PARTS = re.compile(r"[^\W_]+")
_AFTER_OWNER = re.compile(r"['’][sS]([^\W_]+)")  # « 's½ »: the « 's » ends there to the analysers, which drop it


@dataclass(frozen=True)
class Order:
    """A saved search as it is asked of many items: its tree, and what was ticked beside it."""

    pk: int
    person: int
    tree: And
    choice: Mapping[str, Sequence[Any]]

    @cached_property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """What an item must hold: of each of these, one token. Words that the languages leave out, beginnings, and
        writings without spaces are not among them."""
        needs = [stems(piece) for piece in Asked(self.tree).weighty if is_telling(piece)]
        for node in self.tree.nodes:
            if isinstance(node, Phrase) and not analysis.unspaced(node.text):
                needs += [(word,) for word in analysis.plain(analysis.normal(node.text))]
        return tuple(needs)

    def may_be_answered_by(self, entry: Entry) -> bool:
        """Whether what was ticked, and the kind that was written, are those of an item."""
        for name, values in self.choice.items():
            if values and (own := _OWN.get(name)) and own(entry).isdisjoint(values):
                return False
        return all(
            (kinds.called(node.value) or node.value) == entry.kind
            for node in self.tree.nodes
            if isinstance(node, Operator) and node.name == "kind"
        )


_OWN = {
    "kind": lambda entry: {entry.kind},
    "space": lambda entry: {entry.space},
    "author": lambda entry: {entry.author},
    "tag": lambda entry: set(entry.tags),
}


def possible(entries: Iterable[Entry], orders: Sequence[Order]) -> tuple[list[int], list[Order]]:
    """The items that may answer some of these orders, by their numbers, and the orders that may be answered."""
    by_token: dict[str, list[Order]] = defaultdict(list)
    for order in orders:
        for token in order.needs[0] if order.needs else ():
            by_token[token].append(order)
    without = [order for order in orders if not order.needs]
    look = Look({token for order in orders for need in order.needs for token in need})
    items, asked = [], {}
    for entry in entries:
        held = look.held(entry)
        among = orders if held is None else [*without, *_among(held, by_token)]
        found = [order for order in among if order.may_be_answered_by(entry)]
        if found:
            items.append(entry.id)
            asked.update({order.pk: order for order in found})
    return items, [asked[pk] for pk in sorted(asked)]


def _among(held: set[str], by_token: Mapping[str, Sequence[Order]]) -> Iterator[Order]:
    """The orders of which an item holds all that they need."""
    for token in held & by_token.keys():
        for order in by_token[token]:
            if all(any(each in held for each in need) for need in order.needs[1:]):
                yield order


class Look:
    """Which of some tokens items hold; each word is cut once for all of them, as each language does."""

    def __init__(self, wanted: Collection[str]) -> None:
        self._wanted = frozenset(wanted)
        self._seen: dict[str, set[str]] = defaultdict(set)
        self._telling: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)

    def held(self, entry: Entry) -> set[str] | None:
        """Of the tokens wanted, those that the index would hold of an item, and perhaps more; None where only the
        analysers know."""
        text = analysis.normal("\n".join((entry.title, *entry.names, entry.text, *entry.more)))
        if not all(map(_is_plain, set(text))):
            return None
        words = {*_WORD.findall(text), *_AFTER_OWNER.findall(text)}
        seen, telling = self._seen[entry.language], self._telling[entry.language]
        for word in words - seen:
            if found := self._wanted.intersection(_cut(word, entry.language)):
                telling[word] = found
        seen |= words
        return {token for word in words & telling.keys() for token in telling[word]}


def _cut(word: str, language: str) -> Iterator[str]:
    for part in {word, *_PARTS.findall(word)}:
        yield from analysis.stem(part, language)
        yield from analysis.stem(part, analysis.PLAIN)


@lru_cache(maxsize=4096)
def _is_plain(letter: str) -> bool:
    """Whether this language and the analysers' agree that it belongs to a word, or does not: not of marks that stand
    apart from their letter, nor of what a later Unicode may have made a letter."""
    category = unicodedata.category(letter)
    return category[0] != "M" and category not in ("Cn", "Co") and letter.isalnum() == (category[0] in "LN")


def is_telling(piece: str) -> bool:
    """Whether a text must hold it: no word that a language leaves out, nor of a writing without spaces."""
    return not analysis.is_small(piece) and not analysis.unspaced(piece)


@lru_cache(maxsize=8192)
def stems(piece: str) -> tuple[str, ...]:
    """What a word is in each language, and where none is known."""
    languages = (*analysis.ANALYSED, analysis.PLAIN)
    return tuple(dict.fromkeys(stem for language in languages for stem in analysis.stem(piece, language)))
