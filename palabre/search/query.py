"""What a person typed, as a tree. Total: whatever the input, there is an answer and never an error.

    fibre "prise de rendez-vous" -panne (lyon OR thiès) inst* kind:page -tag:archive in:title before:2026-05

French names of the operators are equals of the English ones (`espace:`, `auteur:`, `OU`…). An operator whose value
means nothing (`before:soon`) is read as plain words. Length, number of clauses and depth have a ceiling, so that no
query costs more than a long sentence does.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

MAX_LENGTH = 1_000
MAX_CLAUSES = 48
MAX_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    text: str


@dataclass(frozen=True, slots=True)
class Operator:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    node: "Node"


@dataclass(frozen=True, slots=True)
class And:
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    nodes: tuple["Node", ...]


Node = Word | Phrase | Operator | Not | And | Or
NOTHING = And(())

NAMES = {
    "kind": "kind", "type": "kind", "genre": "kind",
    "space": "space", "espace": "space",
    "tag": "tag", "etiquette": "tag",
    "author": "author", "auteur": "author", "autrice": "author",
    "in": "in", "dans": "in",
    "has": "has", "avec": "has", "contient": "has",
    "is": "is", "est": "is",
    "before": "before", "avant": "before",
    "after": "after", "apres": "after", "depuis": "after",
    "links-to": "links-to", "lie-a": "links-to",
}  # fmt: skip
_VALUES = {
    "in": {"title": "title", "titre": "title"},
    "has": {
        "file": "files", "files": "files", "fichier": "files", "fichiers": "files",
        "comment": "comments", "comments": "comments", "commentaire": "comments", "commentaires": "comments",
    },
    "is": {
        "verified": "verified", "verifie": "verified", "verifiee": "verified",
        "outdated": "outdated", "perime": "outdated", "perimee": "outdated", "depasse": "outdated",
        "archived": "archived", "archive": "archived", "archivee": "archived",
    },
}  # fmt: skip

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<open>-?\()
      | (?P<close>\))
      | (?P<phrase>-?(?:"[^"]*(?:"|$)|«[^»]*(?:»|$)|“[^”]*(?:”|$)))
      | (?P<operator>-?[^\W\d_][\w-]*:(?:"[^"]*(?:"|$)|[^\s"()]+))
      | (?P<word>[^\s()"«»“”]+)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What PostgreSQL cannot hold in a text, and names are looked up there."""
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def parse(text: str) -> And:
    """The tree of a query; `NOTHING` if there is nothing in it to look for."""
    return _Reader(_UNSTORABLE.sub(" ", text[:MAX_LENGTH])).whole()


def leaves(node: Node) -> Iterator[Node]:
    match node:
        case And(nodes) | Or(nodes):
            for inner in nodes:
                yield from leaves(inner)
        case Not(inner):
            yield from leaves(inner)
        case _:
            yield node


def words(node: Node) -> Iterator[str]:
    """The words asked for, in order; not those of what is excluded."""
    match node:
        case And(nodes) | Or(nodes):
            for inner in nodes:
                yield from words(inner)
        case Word(text) | Phrase(text):
            yield text


def rewrite(text: str, words: Mapping[str, str]) -> str:
    """What was typed, with some of its words written otherwise; not those of operators, nor of what is excluded.
    `words` are in lower case and composed."""

    def rewritten(token: re.Match[str]) -> str:
        said = token.group()
        if token.lastgroup not in ("word", "phrase") or said.startswith("-"):
            return said
        return re.sub(r"[^\W_]+", lambda m: words.get(m.group().lower(), m.group()), said)

    return _TOKEN.sub(rewritten, unicodedata.normalize("NFC", text))


def operators(text: str) -> Iterator[tuple[str, str, Operator | None]]:
    """The operators of a query: the name of each, all of it as it was typed, and what it means; None where its value
    means nothing.
    """
    for token in _TOKEN.finditer(text[:MAX_LENGTH]):
        typed = token.group().removeprefix("-")
        said, _, value = typed.partition(":")
        if token.lastgroup == "operator" and (name := NAMES.get(folded(said))):
            yield name, typed, _operator(name, value.strip('"'))


def first_day(value: str) -> date | None:
    """The first day of a year, month or day."""
    match = _DATE.fullmatch(value)
    if not match:
        return None
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def folded(word: str) -> str:
    flat = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in flat if not unicodedata.combining(c))


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens = [(m.lastgroup, m.group()) for m in _TOKEN.finditer(text)]
        self._at = 0
        self._clauses = 0

    def whole(self) -> And:
        nodes: list[Node] = []
        while self._at < len(self._tokens):
            nodes.extend(self._group(0))
            self._at += 1  # a parenthesis that closes nothing
        return And(tuple(nodes))

    def _group(self, depth: int) -> list[Node]:
        """Up to the closing parenthesis or the end: alternatives of runs of clauses."""
        clauses: list[Node] = []
        joined = False
        while self._at < len(self._tokens):
            kind, text = self._tokens[self._at]
            if kind == "close":
                break
            self._at += 1
            if kind == "word" and text in ("OR", "OU", "||"):
                joined = bool(clauses)
                continue
            node = self._clause(str(kind), text, depth)
            if node is None:
                continue
            if joined:
                before = clauses.pop()
                either = before.nodes if isinstance(before, Or) else (before,)
                node = Or((*either, *(node.nodes if isinstance(node, Or) else (node,))))
            clauses.append(node)
            joined = False
        # (a b) c: the parentheses change nothing, so they do not stiffen anything; (a b) OR c keeps them together.
        return [node for clause in clauses for node in (clause.nodes if isinstance(clause, And) else (clause,))]

    def _clause(self, kind: str, text: str, depth: int) -> Node | None:
        if kind in ("space", "other"):
            return None
        negated = text.startswith("-")
        body = text.removeprefix("-")
        if kind == "open":
            return _negate(self._parenthesis(depth), negated)
        if self._clauses >= MAX_CLAUSES:
            return None
        node = self._leaf(kind, body)
        if node is None:
            return None
        self._clauses += 1
        return _negate(node, negated)

    def _parenthesis(self, depth: int) -> Node | None:
        if depth >= MAX_DEPTH:
            return None
        inner = self._group(depth + 1)
        self._at += 1
        return inner[0] if len(inner) == 1 else And(tuple(inner)) if inner else None

    def _leaf(self, kind: str, body: str) -> Node | None:
        if kind == "phrase":
            return _phrase(body[1:].rstrip('"»”'))
        if kind == "operator":
            name, _, value = body.partition(":")
            return _operator(name, value.strip('"')) or _phrase(body.replace('"', " "))
        return _word(body)


def _negate(node: Node | None, negated: bool) -> Node | None:
    if node is None or not negated:
        return node
    return node.node if isinstance(node, Not) else Not(node)


def _phrase(text: str) -> Node | None:
    text = " ".join(text.split())
    if not any(c.isalnum() for c in text):
        return None
    return Phrase(text)


def _word(text: str) -> Node | None:
    bare = text.strip("*-+.,;:!?'’…&|<>=~^/\\[]{}")
    if not any(c.isalnum() for c in bare):
        return None
    return Word(bare, prefix=text.endswith("*"))


def _operator(name: str, value: str) -> Operator | None:
    known = NAMES.get(folded(name))
    value = " ".join(value.split())
    if known is None or not any(c.isalnum() for c in value):
        return None
    if known in ("before", "after") and not first_day(value):
        return None
    if known in _VALUES:
        meant = _VALUES[known].get(folded(value))
        return Operator(known, meant) if meant else None
    return Operator(known, value)
