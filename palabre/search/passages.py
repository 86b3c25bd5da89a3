"""The passage of a text that answers, with the words that do marked. What comes out is HTML, and safe: every character
of the text is escaped, and the only element is `<mark>`.

Words are found by how they begin (`beginnings`), then each candidate is analysed as its language does: no more than a
handful of the words of a text go through the analyser.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from palabre.kit.html import between
from palabre.search import analysis
from palabre.search.beginnings import Beginnings, start_of
from palabre.search.query import And, Node, Not, Or, Phrase, Word

SIZE = 240
ROOM = SIZE - 40  # for the words themselves, the rest for what stands around them
MOST_SPANS = 80  # of a text that says the words all the time, the beginning tells enough
LEAST = SIZE // 2  # less of a text is no passage, where there is more of it
LONGEST_WORD = 40
_LOOK_BACK = 90
_SENTENCE = re.compile(r"(?:[.!?…:][\s»”\"]+|\n\s*)(?=\S)")
_BLOCK = re.compile(r"[^\S\n]*\n\s*\n\s*")
Span = tuple[int, int, str]


@dataclass(frozen=True)
class Marker:
    """Knows the words of one query; marks them in any text."""

    words: tuple[str, ...]
    prefixes: tuple[str, ...] = ()
    _known: dict[tuple[str, str], str] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, tree: Node, variants: Iterable[str] = ()) -> "Marker":
        words: list[str] = list(variants)
        prefixes: list[str] = []
        for leaf in _sought(tree):
            if isinstance(leaf, Word) and leaf.prefix:
                prefixes += analysis.plain(analysis.normal(leaf.text))
            else:
                words += analysis.pieces(leaf.text)
        telling = [word for word in words if not analysis.is_small(word)]
        return cls(tuple(dict.fromkeys(telling or words)), tuple(dict.fromkeys(prefixes)))

    def title(self, text: str, language: str) -> SafeString:
        return _marked(text, self.spans(text, language), 0, len(text))

    def answered_by(self, text: str, language: str) -> bool:
        """Whether a text holds every word that is sought."""
        return len({key for _, _, key in self.spans(text, language)}) == len(self.words) + len(self.prefixes)

    def passage(self, texts: Sequence[str], language: str) -> SafeString:
        """The best passage of the first of these texts that holds one of the words; else how the first begins."""
        for text in texts:
            if spans := self._spans_until_all(text, language):
                return _cut(text, spans, *_densest(spans))
        start = next((text for text in texts if text.strip()), "")
        return _cut(start, [], 0, 0)

    def spans(self, text: str, language: str) -> Iterator[Span]:
        """Where the words stand, in the order of the text, with the word of the query that each answers."""
        for start, stop in self._beginnings.places(text, MOST_SPANS):
            if key := self._key(text[start:stop].lower(), language):
                yield start, stop, key

    def _spans_until_all(self, text: str, language: str) -> list[Span]:
        """As far as the first passage that holds every word: no later one can hold more of them."""
        sought = len(self.words) + len(self.prefixes)
        found: list[Span] = []
        last: dict[str, int] = {}
        end = len(text)
        for start, stop, key in self.spans(text, language):
            if start > end:
                break
            found.append((start, stop, key))
            last[key] = start
            if end == len(text) and len(last) == sought and stop - min(last.values()) <= ROOM:
                end = min(last.values()) + SIZE
        return found

    @cached_property
    def _beginnings(self) -> Beginnings:
        starts = {start_of(word) for word in map(_flat, self.words) if word}
        return Beginnings(frozenset(starts | set(self.prefixes)), tuple(filter(analysis.unspaced, self.words)))

    def _key(self, word: str, language: str) -> str:
        """Which word of the query this one answers; empty if none."""
        if (word, language) not in self._known:
            self._known[word, language] = self._answer(word, language)
        return self._known[word, language]

    def _answer(self, word: str, language: str) -> str:
        if word in self.words:
            return word
        stems, flat = set(analysis.stem(word, language)), _flat(word)
        for sought in self.words:
            if stems & set(analysis.stem(sought, language)) or flat == _flat(sought):
                return sought
        return next((prefix for prefix in self.prefixes if flat.startswith(prefix)), "")


def _sought(node: Node) -> Iterable[Word | Phrase]:
    match node:
        case And(nodes) | Or(nodes):
            for inner in nodes:
                yield from _sought(inner)
        case Word() | Phrase():
            yield node
        case Not():
            return


@lru_cache(maxsize=5_000)
def _flat(word: str) -> str:
    return "".join(analysis.plain(analysis.normal(word)))


def _densest(spans: Sequence[Span]) -> tuple[int, int]:
    """Where the most different words of the query stand within one passage."""
    best, place, start = (0, 0), spans[0][:2], 0
    there: Counter[str] = Counter()
    for end, (_, stop, key) in enumerate(spans):
        there[key] += 1
        while stop - spans[start][0] > ROOM and start < end:
            gone = spans[start][2]
            there[gone] -= 1
            if not there[gone]:
                del there[gone]
            start += 1
        worth = (len(there), end + 1 - start)
        if worth > best:
            best, place = worth, (spans[start][0], stop)
    return place


def _cut(text: str, spans: Sequence[Span], first: int, last: int) -> SafeString:
    """A passage around a place, from the beginning of a sentence where one is near; where the text ends soon after,
    from further back, for a word alone tells nothing."""
    whole = len(text.rstrip())
    starts = _sentences(text, max(0, first - _LOOK_BACK), first)
    begin = starts[-1] if starts else _word_start(text, first - 50)
    if whole - begin < LEAST:
        starts = _sentences(text, max(0, whole - SIZE), max(0, whole - LEAST))
        begin = starts[0] if starts else _word_start(text, whole - SIZE)
    end = min(whole, max(begin + SIZE, last))
    if end < whole:
        stop = [m.start() + 1 for m in _SENTENCE.finditer(text, max(last, begin + SIZE // 2), end)]
        end = stop[-1] if stop else _word_end(text, end, last)
    before = "" if begin == 0 or starts else "… "
    after = "" if end >= whole or text[end - 1] in ".!?…" else " …"
    return mark_safe(before + _marked(text, spans, begin, end, apart=True) + after)  # noqa: S308  (escaped piece by piece)


def _sentences(text: str, floor: int, place: int) -> list[int]:
    """Where sentences begin between two places, the last included."""
    found = [match.end() for match in _SENTENCE.finditer(text, floor, place + 1)]
    return found if floor else [0, *found]


def _word_start(text: str, place: int) -> int:
    """Where the word at a place begins, unless that is so far that it is no word."""
    for start in range(place, max(0, place - LONGEST_WORD), -1):
        if not text[start - 1].isalnum():
            return start
    return max(0, place)


def _word_end(text: str, place: int, least: int) -> int:
    space = text.rfind(" ", least, place)
    return space if space > 0 else place


def _marked(text: str, spans: Iterable[Span], begin: int, end: int, *, apart: bool = False) -> SafeString:
    """The text with its words marked, white space made single; blocks told apart, where it has some."""

    def plain(since: int, until: int) -> str:
        return escape(_apart(text, since, until, begin, end) if apart else text[since:until])

    out, at = [], begin
    for start, stop, _ in spans:
        if start < at or stop > end:
            continue
        out += [plain(at, start), "<mark>", escape(text[start:stop]), "</mark>"]
        at = stop
    out.append(plain(at, end))
    return mark_safe(" ".join("".join(out).split()))  # noqa: S308  (escaped piece by piece)


def _apart(text: str, since: int, until: int, begin: int, end: int) -> str:
    """A piece of the passage from `begin` to `end`, with a sign between two blocks: list items, cells, headings.

    Only what is shown has it: phrases are looked for in the text itself.
    """
    out, at = [], since
    for gap in _BLOCK.finditer(text, since, until):
        inside = begin < gap.start() and gap.end() < end
        out += [text[at : gap.start()], between(text[max(begin, gap.start() - 8) : gap.start()]) if inside else " "]
        at = gap.end()
    return "".join([*out, text[at:until]])
