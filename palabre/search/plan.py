"""From the tree of a query to what the engine runs: which documents match, and how well their words answer.

Every word asked for may be said in several ways: its French stem, its English stem (an item holds the stems of its own
language only), and the plain word. Titles weigh more, what merely belongs to an item (comments, files) less. Two
things raise an item that holds more of what was asked: words standing near each other, and every word being there.
The weights are round numbers on a plateau: doubling or halving one of them changes nDCG@10 by less than 0.01 on
Cranfield and on LibreOffice's help in both languages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, tzinfo
from functools import cached_property
from itertools import pairwise

from tantivy import Query, Searcher

from palabre.items import kinds
from palabre.search import analysis
from palabre.search.clauses import (
    FIELDS,
    MUST,
    NOT,
    SHOULD,
    between,
    either,
    every,
    grams_of,
    phrase,
    prefix,
    some,
    stems,
    term,
    true,
    without,
)
from palabre.search.query import MAX_CLAUSES, And, Node, Not, Operator, Or, Phrase, Word, first_day, leaves
from palabre.search.schema import NEVER, SCHEMA, any_of, seconds

IN_TITLE = {"title": 1.0}
TITLE = 0.5
EXACT = 0.3
NEAR = 0.3
NEAR_SLOP = 2
COMMON = 2_000
EVERYWHERE = 20_000
WHOLE = 1.0
VARIANT = 0.5

Meanings = Mapping[Operator, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Width:
    """How widely one reaches for the words: so many of them at least, and `finely` by what they are made of too."""

    least: int
    finely: bool


@dataclass(frozen=True)
class Asked:
    """A query made ready. `meanings`: what the names in `space:` `author:` `tag:` `links-to:` stand for, for this
    reader; `variants`: words near one that nobody wrote, out of what this reader may see; `zone`: in which their days
    begin."""

    tree: And
    meanings: Meanings = field(default_factory=dict)
    variants: Mapping[str, Sequence[str]] = field(default_factory=dict)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    zone: tzinfo = UTC
    _composed: dict[Width, Query] = field(default_factory=dict, init=False, compare=False, repr=False)

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The plain words at the top of the query, whose presence may be a matter of degree."""
        found = [p for n in self.tree.nodes if isinstance(n, Word) and not n.prefix for p in analysis.pieces(n.text)]
        return tuple(dict.fromkeys(found))[:MAX_CLAUSES]

    @cached_property
    def weighty(self) -> tuple[str, ...]:
        """Those that carry meaning in both languages; all of them when none does (« to be or not to be »)."""
        return tuple(p for p in self.pieces if not analysis.is_small(p)) or self.pieces

    @property
    def empty(self) -> bool:
        return not any(True for _ in leaves(self.tree))

    @property
    def has_words(self) -> bool:
        return any(isinstance(leaf, Word | Phrase) for leaf in leaves(self.tree))

    @property
    def unspeakable(self) -> bool:
        """Whether words were asked for, and nothing remains of them that any text could hold."""
        asked = [node for node in self.tree.nodes if isinstance(node, Word | Phrase | Or)]
        return bool(asked) and not self.pieces and all(isinstance(node, Word) and not node.prefix for node in asked)

    def widths(self, searcher: Searcher) -> list[Width]:
        """From narrow to wide. Pieces of words find in languages that are not analysed what their stems do in others;
        they are everywhere in such a house, so that one tries without them first."""
        finely = any(searcher.doc_freq("grams", gram) for piece in self.weighty for gram in analysis.grams(piece))
        widths = [Width(least, finely) for least in ((2, 1) if len(self.weighty) > 1 else (1,))]
        return [replace(widths[0], finely=False), *widths] if finely else widths

    def matching(self, width: Width, searcher: Searcher, *, ranked: bool = True) -> Query:
        """Documents that hold the words so widely, and satisfy all the rest. The same ones without being `ranked`, for
        who only counts them."""
        if self.unspeakable:
            return Query.empty_query()
        clauses = []
        in_title = Operator("in", "title") in self.tree.nodes
        if self.pieces:
            held = self._held(width, in_title)
            clauses.append((MUST, self._ranked(held, width, in_title, searcher) if ranked else held))
        for node in self.tree.nodes:
            if isinstance(node, Word) and not node.prefix:
                continue
            if isinstance(node, Not):
                clauses.append((NOT, self._query(node.node, in_title)))
            elif node != Operator("in", "title"):
                clauses.append((MUST, self._query(node, in_title, width.finely)))
        if all(occur is NOT for occur, _ in clauses):
            clauses.append((MUST, Query.const_score_query(Query.all_query(), 1.0)))
        if len(clauses) == 1:
            return clauses[0][1]
        return Query.boolean_query(clauses)

    def _held(self, width: Width, in_title: bool) -> Query:
        """Who holds the words; composed once for whoever ranks them and whoever counts them."""
        if width not in self._composed:
            pieces = [self._piece(piece, in_title, width.finely) for piece in self.weighty]
            self._composed[width] = some(pieces, width.least)
        return self._composed[width]

    def _ranked(self, held: Query, width: Width, in_title: bool, searcher: Searcher) -> Query:
        """Who holds the words is settled by their stems; all the rest is only looked up where these are found."""
        clauses = [(MUST, held)]
        for piece in self.weighty:
            clauses += [(SHOULD, way) for way in self._exact(piece, in_title, searcher)]
        if not in_title:
            clauses += [(SHOULD, near) for near in self._neighbours(searcher)]
            if len(self.weighty) > width.least:  # else every document found holds them all
                whole = every([either([term("text", stem) for stem in stems(piece)]) for piece in self.weighty])
                clauses.append((SHOULD, Query.const_score_query(whole, WHOLE * len(self.weighty))))
        return Query.boolean_query(clauses)

    def _neighbours(self, searcher: Searcher) -> list[Query]:
        """Words asked for side by side and written near each other; not those that are everywhere in a large house,
        whose places cost much to read and say little."""
        pairs: dict[tuple[str, str], None] = {}
        for language in analysis.ANALYSED:
            row = [stem for piece in self.pieces for stem in analysis.stem(piece, language)]
            pairs.update({pair: None for pair in pairwise(row) if pair[0] != pair[1]})
        frequency = {word: searcher.doc_freq("text", word) for word in {word for pair in pairs for word in pair}}
        return [
            Query.boost_query(Query.phrase_query(SCHEMA, "text", list(pair), NEAR_SLOP), NEAR)
            for pair in pairs
            if 0 < min(frequency[word] for word in pair) <= COMMON
        ]

    def _piece(self, piece: str, in_title: bool, finely: bool = False) -> Query:
        """One word, by its stem in either language; by itself if both languages leave it out. A writing without
        spaces has nothing but its pieces."""
        if analysis.is_small(piece):
            return either([term("title_words" if in_title else "words", word, EXACT) for word in analysis.plain(piece)])
        fields = IN_TITLE if in_title else FIELDS
        ways = [term(name, stem, boost) for name, boost in fields.items() for stem in stems(piece)]
        for near in self.variants.get(piece, ()):
            ways += [term(name, stem, boost * VARIANT) for name, boost in fields.items() for stem in stems(near)]
        return either(ways + grams_of(piece) if (finely or analysis.unspaced(piece)) and not in_title else ways)

    def _exact(self, piece: str, in_title: bool, searcher: Searcher) -> list[Query]:
        """Being in the title, and in the very form that was asked for, tells among the documents that answer; the
        form of a word that is everywhere tells nothing and is long to read."""
        titled = [] if analysis.is_small(piece) or in_title else [term("title", stem, TITLE) for stem in stems(piece)]
        names = ("title_words",) if in_title else ("words", "title_words")
        return titled + [
            term(name, word, EXACT)
            for name in names
            for word in analysis.plain(piece)
            if name != "words" or searcher.doc_freq(name, word) <= EVERYWHERE
        ]

    def _query(self, node: Node, in_title: bool, finely: bool = False) -> Query:
        match node:
            case Word(text, True):
                return prefix(text, in_title)
            case Word(text):
                return every([self._piece(piece, in_title, finely) for piece in analysis.pieces(text)])
            case Phrase(text):
                return phrase(text, in_title)
            case Operator():
                return Query.boost_query(self._operator(node), 0.0)
            case Not(inner):
                return Query.boolean_query([(MUST, Query.all_query()), (NOT, self._query(inner, in_title))])
            case Or(nodes):
                return either([self._query(inner, in_title, finely) for inner in nodes])
            case And(nodes):
                titled = in_title or Operator("in", "title") in nodes
                return every([self._query(inner, titled, finely) for inner in nodes])

    def _operator(self, operator: Operator) -> Query:
        match operator:
            case Operator("kind", value):
                return any_of("kind", [kinds.called(value) or value])
            case Operator("space" | "author" | "tag" as name):
                return any_of(name, self.meanings.get(operator, ()))
            case Operator("links-to"):
                return any_of("links_to", self.meanings.get(operator, ()))
            case Operator("has", value):
                return any_of("has", [value])
            case Operator("is", "archived"):
                return true("archived")
            case Operator("is", "verified"):
                return every([between("verified_until", start=seconds(self.now)), without(true("outdated"))])
            case Operator("is", "outdated"):
                late = between("verified_until", start=NEVER + 1, end=seconds(self.now))
                return either([true("outdated"), late])
            case Operator("before", value):
                return between("written", end=_midnight(first_day(value), self.zone))
            case Operator("after", value):
                return between("written", start=_midnight(first_day(value), self.zone))
            case Operator("in"):  # negated or an alternative, without words of its own: those of the query
                return every(self._titled) if self._titled else Query.empty_query()
        return Query.empty_query()

    @cached_property
    def _titled(self) -> list[Query]:
        """What the words at the top of the query ask of a title."""
        stiff = [n for n in self.tree.nodes if isinstance(n, Phrase) or (isinstance(n, Word) and n.prefix)]
        return [self._piece(piece, True) for piece in self.weighty] + [self._query(node, True) for node in stiff]


def _midnight(day: object, zone: tzinfo) -> int:
    return seconds(datetime.combine(day, time(), zone))  # type: ignore[arg-type]
