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
    "a": {"backref"},
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
_WAY_BACK = re.compile(r"\s*<a [^>]*\bclass=\"backref\"[^>]*>.*?</a>", re.DOTALL)
# What may follow the punctuation at the end of a block, and that punctuation.
_CLOSING = " \u00a0\u202f»”’\"')]*"
_PARTING = set(".!?…:;,·")


def clean(html: str) -> str:
    """The same markup without anything that could act: no script, style, frame or form."""
    return _cleaner.clean(html)


def strip(html: str) -> str:
    """The plain text of markup, blocks apart by a line break."""
    return entities.unescape(_bare.clean(_BLOCK_END.sub(lambda end: end[0] + "\n", html))).strip()


def said(html: str) -> str:
    """The plain text of markup without what only leads about in it: the ways back from notes."""
    return strip(_WAY_BACK.sub("", html))


def on_one_line(blocks: Iterable[str]) -> str:
    """Blocks of plain text as one line of an excerpt, told apart where they would run together."""
    line = ""
    for block in filter(None, blocks):
        line += f"{between(line)}{block}" if line else block
    return line


def between(before: str) -> str:
    """What stands between a block that ends so and the next one: a dot, unless its own punctuation parts them."""
    return " " if before.rstrip(_CLOSING)[-1:] in _PARTING else " · "
