"""What the index holds: an allow-list, so that nothing is searchable because somebody added a column to a table.

A document is an item. Everything a query may filter on stands in it, so that visibility is inside the query and never
after it; what changes with the clock (verified, fresh) is kept as a date and compared when one asks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from isal import isal_zlib
from tantivy import Document, Occur, Query, Schema, SchemaBuilder, SearchResult

from palabre.search import analysis

VERSION = 5
KEPT_TEXT = 8_000
KEPT_MORE = 4_000
NEVER = 0
_BETWEEN = "\0"  # what is kept; no text of the index holds it
FEW = 100  # values that are looked up one by one; a set of them costs a fifth of a millisecond to begin


def _build() -> Schema:
    builder = SchemaBuilder()
    for name in ("id", "space", "author"):
        builder.add_unsigned_field(name, stored=name == "id", indexed=True, fast=True)
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("language", "has", "mark"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("tag", indexed=True, fast=True)
    builder.add_unsigned_field("links_to", indexed=True)
    for name in ("written", "updated", "verified_until"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in ("outdated", "archived"):
        builder.add_boolean_field(name, indexed=True, fast=True)
    builder.add_float_field("authority", fast=True)
    for name in ("title", "text", "more", "title_words", "words"):
        builder.add_text_field(name, tokenizer_name=analysis.PLAIN)
    builder.add_text_field("grams", tokenizer_name=analysis.GRAMS, index_option="basic")
    builder.add_bytes_field("kept", stored=True)
    return builder.build()


SCHEMA = _build()


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as the index knows it. `more` is what belongs to it and is not its text: comments, words of files;
    `hints` is found like it, and shown in no passage."""

    id: int
    kind: str
    space: int
    author: int
    title: str
    text: str
    language: str = ""
    state: str = "published"
    written: datetime | None = None
    updated: datetime | None = None
    tags: Sequence[int] = ()
    names: Sequence[str] = ()
    more: Sequence[str] = ()
    hints: Sequence[str] = ()
    has: Sequence[str] = ()
    links_to: Sequence[int] = ()
    verified_until: datetime | None = None
    outdated: bool = False
    authority: float = 1.0
    source: str = ""

    def document(self) -> Document:
        title, text = analysis.normal(self.title), analysis.normal(self.text)
        called = "\n".join((title, *map(analysis.normal, self.names)))
        more = analysis.normal("\n".join((*self.more, *self.hints)))
        whole = f"{called}\n{text}"
        document = Document.from_dict(
            {
                "id": self.id,
                "kind": self.kind,
                "space": self.space,
                "author": self.author,
                "archived": self.state == "archived",
                "language": self.language,
                "written": seconds(self.written),
                "updated": seconds(self.updated or self.written),
                "verified_until": seconds(self.verified_until),
                "outdated": self.outdated,
                "authority": float(self.authority),
                "tag": list(self.tags),
                "has": list(self.has),
                "links_to": list(self.links_to),
                "title_words": called,
                "words": f"{whole}\n{more}",
            },
            SCHEMA,
        )
        document.add_pre_tokenized_text("title", analysis.cut(called, self.language))
        document.add_pre_tokenized_text("text", analysis.cut(whole, self.language))
        document.add_pre_tokenized_text("more", analysis.cut(more, self.language))
        if self.language not in analysis.ANALYSED:
            document.add_text("grams", whole)
        document.add_bytes("kept", _packed(self, title, text))
        return document


@dataclass(frozen=True, slots=True)
class Kept:
    """What the index gives back of an item, to show without reading its row."""

    title: str
    text: str
    more: Sequence[str] = field(default_factory=list)
    language: str = ""
    source: str = ""

    @classmethod
    def of(cls, document: Document) -> "Kept":
        title, text, language, source, *more = isal_zlib.decompress(kept_bytes(document)).decode().split(_BETWEEN)
        return cls(title, text, more, language, source)


def _packed(entry: Entry, title: str, text: str) -> bytes:
    more, room = [], KEPT_MORE
    for words in entry.more:
        more.append(analysis.normal(words[:room]))
        room -= len(words)
        if room <= 0:
            break
    values = [title, text[:KEPT_TEXT], entry.language, entry.source, *more]
    return isal_zlib.compress(_BETWEEN.join(values).encode(), 1)


def kept_bytes(document: Document) -> bytes:
    return bytes(document.get_first("kept") or b"")


def matches(result: SearchResult) -> int:
    """How many documents a search matched (the stub of the library forgets to say so)."""
    return int(result.count or 0)  # type: ignore[attr-defined]


def seconds(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment else NEVER


def any_of(name: str, values: Iterable[int | str]) -> Query:
    """Documents with one of these values in an unanalysed field; none of them if there is no value."""
    values = list(values)
    if len(values) > FEW:
        return Query.term_set_query(SCHEMA, name, values)
    terms = [(Occur.Should, Query.term_query(SCHEMA, name, value, "basic")) for value in values]
    return Query.boolean_query(terms) if terms else Query.empty_query()
