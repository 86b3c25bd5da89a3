"""Pointers: where the source of a page points elsewhere, so that it can be made to point at items.

Rendered text no longer knows where its words stood; so the source itself is read, once, from left to right: links,
images, definitions of references, wiki links and embeds, HTML anchors and images; code and comments are stepped over.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Literal

from markdown_it import MarkdownIt

Form = Literal["link", "image", "reference", "wiki", "embed", "tag"]

_BLOCKS = MarkdownIt("commonmark").enable("table")
_BLOCKS.core.ruler.enableOnly(["normalize", "block"])

_SHORTCODE = r"(?:\{\{[^\n]{0,300}?\}\}|\{%[^\n]{0,300}?%\})[^\s()]*(?:\{%[^\n]{0,300}?%\})?"
_PLAIN = r"(?:[^\s()<>\\]|\\.|\((?:[^\s()\\]|\\.)*\))+"
_SPACED = r"[^()<>\n\"]*?\.(?:md|markdown|mdx)(?:\#[^()\n]*?)?"
_TITLE = r"""(?:\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?"""
_TOKEN = re.compile(
    rf"""
      (?P<escaped>\\[!-/:-@\[-`{{-~])
    | (?P<comment><!--)
    | (?P<code>(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=ticks)(?!`))
    | (?P<wiki>(?P<bang>!?)\[\[(?P<inner>[^\[\]\n]{{1,400}})\]\])
    | (?P<definition>^[ ]{{0,3}}\[(?!\^)(?P<name>(?:[^\[\]\\]|\\.){{1,400}})\]:[ \t]*\n?[ \t]*
        (?:<(?P<defined_in>[^<>\n]*)>|(?P<defined>{_SHORTCODE}|[^\s<]\S*)))
    | \]\([ \t]*\n?[ \t]*(?:<(?P<pointed_in>[^<>\n]*)>|(?P<pointed>{_SHORTCODE}|{_PLAIN}|{_SPACED}))?
        (?P<title>{_TITLE})\s*\)
    | (?P<html><(?:a|img)\b(?:[^<>"']|"[^"]*"|'[^']*')*?\b(?:href|src)\s*=\s*
        (?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'<>=`]+)))
    | (?P<open>!?\[)
    | (?P<close>\])
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_DESTINATIONS = ("pointed_in", "pointed", "defined_in", "defined", "double", "single", "bare")
_MENTIONED = re.compile(r"(?<!!)\[[^\[\]\n]*\]\(\s*<?([^\s()<>]+)>?(?:\s+[\"'][^()\n]*)?\)")
_BRACKET = re.compile(r"[][\\]")
_UNESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|\?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pointer:
    """One place that points elsewhere: `source[start:end]` is what must be replaced to point at something else.

    `target` is what is pointed at, as meant rather than as escaped. `label` is what the reader sees.
    """

    form: Form
    start: int
    end: int
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The pointers of a source, and targets within `code` or comments, where nothing leads anywhere.

    What stands between fences is a sample, and nobody's link; indented lines may be code by mistake.
    """

    pointers: tuple[Pointer, ...]
    in_code: tuple[str, ...] = ()
    in_comments: tuple[str, ...] = ()


def is_inside(target: str) -> bool:
    """Whether a target may mean another page or file of the same folder."""
    return bool(target) and not _OUTSIDE.match(target)


def read(source: str) -> Reading:
    """Every pointer of a Markdown source that may lead inside its folder, in order."""
    pointers: list[Pointer] = []
    code: list[str] = []
    comments: list[str] = []
    called: set[str] = set()
    for start, end, stretch in _stretches(source):
        if stretch == "prose":
            _scan(source, start, end, pointers, called, code, comments)
        elif stretch == "code_block":
            code += _mentioned(source[start:end])
    leading = (each for each in pointers if each.form != "reference" or _called(each.label) in called)
    return Reading(tuple(each for each in leading if is_inside(each.target)), tuple(code), tuple(comments))


def replace(source: str, changes: Sequence[tuple[Pointer, str]]) -> str:
    """The source with the given pointers, in order, replaced by what they are to say."""
    pieces: list[str] = []
    position = 0
    for pointer, text in changes:
        pieces += (source[position : pointer.start], text)
        position = pointer.end
    return "".join((*pieces, source[position:]))


def said(pointer: Pointer, address: str) -> str:
    """What a pointer becomes when it leads to `address`."""
    if pointer.form in ("wiki", "embed"):
        bang = "!" if pointer.form == "embed" else ""
        return f"{bang}[{_escaped(pointer.label)}]({address})"
    return escape(address) if pointer.form == "tag" else address


def _stretches(source: str) -> Iterator[tuple[int, int, str]]:
    """The source cut into prose, indented code ("code_block", perhaps by mistake) and fences, as (start, end, what)."""
    lines = [0]
    for line in source.split("\n"):  # as the parser counts lines: a page break, or a line mark of Unicode, ends none
        lines.append(lines[-1] + len(line) + 1)
    position = 0
    for token in _BLOCKS.parse(source):
        if token.type in ("fence", "code_block") and token.map:
            start, end = lines[token.map[0]], min(lines[token.map[1]], len(source))
            if start >= position:
                yield position, start, "prose"
                yield start, end, token.type
                position = end
    yield position, len(source), "prose"


def _scan(
    source: str, start: int, end: int, pointers: list[Pointer], called: set[str], code: list[str], comments: list[str]
) -> None:
    opened: list[tuple[bool, int]] = []
    unclosed = False
    while found := _TOKEN.search(source, start, end):
        start = found.end()
        if found["comment"]:
            if not unclosed and (closed := source.find("-->", start, end)) >= 0:
                comments += _mentioned(source[start:closed])
                start = closed
            else:
                unclosed = True
        elif found["code"]:
            code += _mentioned(found[0])
        elif found["wiki"]:
            pointers += _wiki(found)
        elif found["open"]:
            opened.append((found[0] == "![", found.end()))
        elif found["close"]:
            if opened:
                called.add(_called(source[opened.pop()[1] : found.start()]))
        elif found["html"]:
            form_start, form_end, target = _destination(found)
            pointers.append(Pointer("tag", form_start, form_end, unescape(target)))
        elif found["definition"]:
            form_start, form_end, target = _destination(found)
            pointers.append(Pointer("reference", form_start, form_end, _meant(target), found["name"]))
        elif found[0].startswith("](") and opened:
            image, since = opened.pop()
            form_start, form_end, target = _destination(found)
            label = source[since : found.start()]
            if form_start >= 0:
                pointers.append(Pointer("image" if image else "link", form_start, form_end, _meant(target), label))


def _destination(found: re.Match[str]) -> tuple[int, int, str]:
    for name in _DESTINATIONS:
        if found[name] is not None:
            start, end = found.span(name)
            # The brackets of <a b.md> go too: our addresses need none.
            wide = 1 if name.endswith("_in") else 0
            return start - wide, end + wide, found[name]
    return -1, -1, ""


def _wiki(found: re.Match[str]) -> Iterator[Pointer]:
    target, _, label = found["inner"].partition("|")
    target, label = target.rstrip("\\").strip(), label.strip()
    if target:
        yield Pointer("embed" if found["bang"] else "wiki", *found.span("wiki"), target, label or target)


def _called(label: str) -> str:
    """The name of a reference, as CommonMark compares them; a long text between brackets is none."""
    return " ".join(label.split()).casefold() if len(label) < 1000 else ""


def _escaped(label: str) -> str:
    return _BRACKET.sub(r"\\\g<0>", label)


def _meant(written: str) -> str:
    return unescape(_UNESCAPED.sub(r"\1", written)).strip()


def _mentioned(text: str) -> list[str]:
    return [target for target in _MENTIONED.findall(text) if is_inside(target)]
