"""Cleaning HTML: the one list of what foreign markup may do on our pages.

Everything people write, import or fetch passes here before it is stored; templates then trust what is stored.
Identifiers are prefixed, so that no text can take the place of a part of the frame.
"""

import html as entities
import re
from collections.abc import Iterable

import nh3

PREFIX = "s-"

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del",
    "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "i", "img", "input", "ins", "kbd", "label", "li", "mark", "ol", "p", "pre", "q", "rp",
    "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href", "rel", "data-mark", "data-key", "name"},
    "code": {"data-language"},
    "col": {"span"},
    "del": {"datetime"},
    "div": {"tabindex"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"},
    "input": {"checked", "aria-label"},
    "ins": {"datetime"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "pre": {"tabindex"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
}
CLASSES = {
    "a": {"backref", "bare"},
    "div": {"note", "good", "warn", "bad", "out", "scroll", "what"},
    "section": {"footnotes"},
    "sup": {"footnote"},
    "td": {"n"},
    "th": {"n"},
    "ul": {"tasks"},
}

_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    allowed_classes=CLASSES,
    tag_attribute_values={"input": {"type": {"checkbox"}}},
    set_tag_attribute_values={"input": {"disabled": "", "type": "checkbox"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    id_prefix=PREFIX,
)
_bare = nh3.Cleaner(tags=set(), attributes={}, link_rel=None)
_BLOCK_END = re.compile(r"</(?:p|div|li|h[1-6]|tr|td|th|pre|blockquote|dd|dt)>|<br\s*/?>", re.IGNORECASE)
_BACK = "backref"
_LISTS = re.compile(r"<(ol|ul|/ol|/ul|li)\b[^>]*>(?:\s*<p>)?(?:\s*(?=<input))?", re.IGNORECASE)
_INNER = re.compile(r'</(?:p|div|td|th)>\s*(?=</(?:li|tr)>)|<div class="what">\s*', re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]>\s*(?=<t[dh]\b)", re.IGNORECASE)
_ROW_END = re.compile(r"</(li|tr)>\s+", re.IGNORECASE)
_APART = re.compile(r"[ \t]*\n\s*\n")
_LINK = re.compile(r'<a\b[^>]*?\bhref="(https?://[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
_WAY_BACK = re.compile(r"\s*<a [^>]*\bclass=\"backref\"[^>]*>.*?</a>", re.DOTALL)
# What may follow the punctuation at the end of a block, and that punctuation.
_CLOSING = " \u00a0\u202f»”’\"')]*"
_PARTING = set(".!?…:;,·")


def clean(html: str) -> str:
    """The same markup without anything that could act: no script, style, frame or form."""
    return _cleaner.clean(html)


def strip(html: str) -> str:
    """The plain text of markup, blocks apart by a line break."""
    return entities.unescape(_bare.clean(_BLOCK_END.sub(r"\g<0>\n", html))).strip()


def in_full(html: str) -> str:
    """The plain text of markup for who reads it elsewhere: items of lists are marked, links keep their addresses."""
    rows = _ROW_END.sub(r"</\1>", _CELL_END.sub(" | ", _INNER.sub("", html)))
    return _APART.sub("\n\n", said(_marked(_LINK.sub(_with_address, rows))))


def _marked(html: str) -> str:
    """Lists whose items begin with a dash, or with their number."""
    numbers: list[int | None] = []  # of the lists that are open: the next number, None where there are dashes

    def mark(tag: re.Match[str]) -> str:
        name = tag[1].lower()
        if name in ("ol", "ul"):
            start = re.search(r'\bstart="(\d{1,9})"', tag[0])
            numbers.append((int(start[1]) if start else 1) if name == "ol" else None)
        elif name.startswith("/"):
            del numbers[-1:]
        elif numbers and (number := numbers[-1]) is not None:
            numbers[-1] = number + 1
            return f"<li>{number}. "
        else:
            return "<li>- "
        return tag[0]

    return _LISTS.sub(mark, html)


def _with_address(link: re.Match[str]) -> str:
    """A link, and where it leads unless its words say so."""
    address, words = link[1], strip(link[2])
    return link[0] if words and entities.unescape(address).endswith(words) else f"{link[0]} &lt;{address}&gt;"


def beginning(text: str, most: int) -> str:
    """`text`, or as much of it as fits into `most` characters, cut after a word and marked as cut."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    parts = kept.rsplit(maxsplit=1)
    return f"{parts[0] if len(parts) > 1 and len(parts[0]) > most // 2 else kept.rstrip()}…"


def said(html: str) -> str:
    """The plain text of markup without what only leads about in it: the ways back from notes."""
    return strip(_WAY_BACK.sub("", html) if _BACK in html else html)


def on_one_line(blocks: Iterable[str]) -> str:
    """Blocks of plain text as one line of an excerpt, told apart where they would run together."""
    line = ""
    for block in filter(None, blocks):
        line += f"{between(line)}{block}" if line else block
    return line


def between(before: str) -> str:
    """What stands between a block that ends so and the next one: a dot, unless its own punctuation parts them."""
    return " " if before.rstrip(_CLOSING)[-1:] in _PARTING else " · "
