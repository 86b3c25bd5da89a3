"""From Markdown to what is stored: neutral HTML and everything the text says about itself.

Pure and the same for every reader: titles, addresses, people and tags stay placeholders
(`<a data-mark="title" data-key="…">`) that `authoring.marks` resolves for whoever reads. One walk over the
tokens gathers text, outline and references, and dresses the tokens for the page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from posixpath import join, normpath
from urllib.parse import unquote

from django.conf import settings
from markdown_it.token import Token

from palabre.authoring import language, pictures
from palabre.authoring.dialect import parser
from palabre.authoring.document import Document, Heading, Reference, ReferenceKind, anchor
from palabre.authoring.sentences import Sentences, shorten
from palabre.items.addresses import number_in
from palabre.kit.html import PREFIX, clean, on_one_line, strip

EXCERPT = 280
# Of raw HTML: whoever reads it looks, at each element, through all that it stands in, which takes the square of their
# number where they stand within each other.
MOST_ELEMENTS = 10_000

_OUTSIDE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# Two plain steps, each in one pass: an expression for both at once takes the cube of a length that anybody may send.
_RAW_ANCHOR = re.compile(r"<a(?=\s)[^<>]*>", re.IGNORECASE)
_RAW_HREF = re.compile(r"(?<![\w-])href\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_ELEMENT = re.compile(r"<(?!(?:br|col|img|t[dhr])\b)[a-z]", re.IGNORECASE)  # that others can stand in, cells aside
_SECTION = re.compile(r"(.+?)#(\S.*)")
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")

# The kinds of a note, their look, and their title in the languages we write ourselves.
NOTES = {
    "NOTE": ("", {"fr": "Note", "en": "Note"}),
    "TIP": ("good", {"fr": "Conseil", "en": "Tip"}),
    "IMPORTANT": ("out", {"fr": "Important", "en": "Important"}),
    "WARNING": ("warn", {"fr": "Attention", "en": "Warning"}),
    "CAUTION": ("bad", {"fr": "Danger", "en": "Caution"}),
}


def render(markdown: str, prior: str = "", base: str = "") -> Document:
    """A whole text. `prior` is the language of its space; `base` the folder relative addresses start from."""
    walk = _Walk(base)
    tokens = parser.parse(markdown.replace("\x00", ""))
    walk.through(tokens)
    text = "\n".join(filter(None, walk.blocks))
    spoken = language.guess(text, prior)
    for token in walk.notes:
        title = NOTES[token.meta["kind"]][1]
        end = "</b>\n"
        if "titled" in token.meta:
            end = "\N{NO-BREAK SPACE}: " if spoken == "fr" else ": "
        token.content = f"<b>{title.get(spoken, title['en'])}{end}"
    return Document(
        html=pictures.in_words(clean(parser.renderer.render(tokens, parser.options, {}))),
        text=text,
        excerpt=shorten(on_one_line(walk.opening), EXCERPT),
        language=spoken,
        words=len(_WORD.findall(text)),
        outline=tuple(walk.outline),
        references=tuple(walk.references),
    )


@dataclass
class _Walk:
    """One pass over the tokens of a text: what it says is gathered, the tokens are dressed."""

    base: str
    blocks: list[str] = field(default_factory=list)
    opening: list[str] = field(default_factory=list)
    outline: list[Heading] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    notes: list[Token] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)  # the last number that was put behind each
    elements: int = 0  # of raw HTML

    def through(self, tokens: list[Token]) -> None:
        lower = any(token.tag == "h1" for token in tokens)
        for index, token in enumerate(tokens):
            match token.type:
                case "inline":
                    self._inline(token, tokens[index - 1])
                case "heading_open":
                    self._heading(token, tokens[index + 1], lower)
                case "heading_close" if lower:
                    token.tag = _lowered(token.tag)
                case "fence" | "code_block":
                    self.blocks.append(token.content)
                    _sheet(token)
                case "html_block":
                    if "<" in token.content:
                        self.blocks.append(strip(token.content))
                        token.content = self._raw(token.content)
                case "table_open":
                    _raw(token, '<div class="scroll" tabindex="0"><table>\n')
                case "table_close":
                    _raw(token, "</table></div>\n")
                case "th_open" | "td_open":
                    if token.attrs.pop("style", "") == "text-align:right":
                        token.attrs["class"] = "n"
                case "alert_open":
                    token.attrs = {"class": f"note {NOTES[token.meta['kind']][0]}".strip()}
                case "alert_title_open":
                    token.meta = tokens[index - 1].meta
                    title, closing = tokens[index + 1 : index + 3]
                    _raw(token, "")
                    _raw(closing, "</b>\n" if "titled" in token.meta else "")
                    if "titled" not in token.meta:
                        _raw(title, "")
                    self.notes.append(token)
                case "bullet_list_open" if token.attrs.get("class") == "contains-task-list":
                    token.attrs = {"class": "tasks"}
                case "list_item_open" if "checked" in token.meta:
                    _task(token, tokens, index)

    def _heading(self, token: Token, inline: Token, lower: bool) -> None:
        if lower:
            token.tag = _lowered(token.tag)
        label = _spoken(inline)
        wanted = name = anchor(label)
        while name in self.anchors:
            self.anchors[wanted] += 1
            name = f"{wanted}-{self.anchors[wanted]}"
        self.anchors[name] = 0
        token.attrs["id"] = name
        self.outline.append(Heading(int(token.tag[1]), PREFIX + name, label.strip()))

    def _inline(self, token: Token, opening: Token) -> None:
        pieces: list[str] = []
        pointing: list[tuple[int, ReferenceKind, str, str, int]] = []
        length = 0
        started: tuple[ReferenceKind, str, str, int] | None = None
        for child in token.children or ():
            said = ""
            match child.type:
                case "text" | "code_inline":
                    said = child.content
                case "softbreak" | "hardbreak":
                    said = " "
                case "image":
                    said = child.content
                    if not started and pictures.is_elsewhere(str(child.attrs["src"])):
                        pointing.append((length, "outside", str(child.attrs["src"]), "", length + len(said)))
                    child.attrs |= {"loading": "lazy", "decoding": "async"} | pictures.attributes(
                        str(child.attrs["src"])
                    )
                case "html_inline":
                    child.content = self._raw(child.content)
                case "link_open":
                    started = self._link(child, length)
                case "mark_open":
                    started = _mark(child, length)
                case "link_close" | "mark_close" if started:
                    kind, key, section, since = started
                    pointing.append((since, kind, key, section, length))
                    started = None
            pieces.append(said)
            length += len(said)
        text = "".join(pieces)
        self.blocks.append(text)
        if opening.type == "paragraph_open" and sum(map(len, self.opening)) < EXCERPT:
            self.opening.append(text.strip())
        if pointing:
            sentences = Sentences(text)
            self.references += (
                Reference(kind, key, text[since:until], sentences.around(since), section)
                for since, kind, key, section, until in pointing
            )

    def _link(self, token: Token, position: int) -> tuple[ReferenceKind, str, str, int] | None:
        token.attrs, reference = self._dressed(str(token.attrs["href"]), str(token.attrs.get("title", "")))
        if token.info == "auto":  # its words are its address: on paper that is not said twice
            token.attrs["class"] = "bare"
        return (*reference, position) if reference else None

    def _dressed(
        self, href: str, title: str = ""
    ) -> tuple[dict[str, str | int | float], tuple[ReferenceKind, str, str] | None]:
        """The attributes a link gets, and what it refers to: nothing, when it stays inside the text."""
        attributes: dict[str, str | int | float] = {"title": title} if title else {}
        if href.startswith(f"{settings.ADDRESS}/"):  # as people paste it from the bar of their browser
            href = href.removeprefix(settings.ADDRESS)
        if href.startswith("#"):
            name = href[1:]
            return attributes | {"href": f"#{name if name.startswith(PREFIX) else PREFIX + name}"}, None
        if _OUTSIDE.match(href):
            rel = "external nofollow noopener"
            return attributes | {"href": href, "rel": rel}, ("outside", href, "")
        if _SCHEME.match(href) or not href:
            return attributes | {"href": href}, None
        if href.startswith("/") and number_in(href) is None:
            return attributes | {"href": href}, None
        path, _, section = href.partition("#")
        path = unquote(path).replace("\x00", "")  # which a percent sign may hide, and no database keeps
        key = path if path.startswith("/") else normpath(join(self.base, path))
        marked = f"{key}#{section}" if section else key
        return attributes | {"data-mark": "address", "data-key": marked}, ("address", key, section)

    def _raw(self, html: str) -> str:
        """Raw HTML whose links are dressed and counted like those of the text; what is too much, as it was typed."""
        self.elements += len(_ELEMENT.findall(html))
        if self.elements > MOST_ELEMENTS:
            return escape(html, quote=False)

        def dress(tag: re.Match[str]) -> str:
            found = _RAW_HREF.search(tag[0])
            if not found:
                return tag[0]
            attributes, reference = self._dressed(unescape(found[1] or found[2] or ""))
            if reference:
                kind, key, section = reference
                self.references.append(Reference(kind, key, "", "", section))
            dressed = " ".join(f'{name}="{escape(str(value))}"' for name, value in attributes.items())
            return f"<a {dressed}>"

        return _RAW_ANCHOR.sub(dress, html) if "<a" in html.lower() else html


def _mark(token: Token, position: int) -> tuple[ReferenceKind, str, str, int]:
    kind, key = token.attrs["data-mark"], str(token.attrs["data-key"])
    section = ""
    if kind == "title" and (parts := _SECTION.fullmatch(key)):
        key, section = parts.groups()
    return kind, key.strip(), section, position  # type: ignore[return-value]


def _spoken(inline: Token) -> str:
    """The words of a line without its markup."""
    return "".join(child.content for child in inline.children or () if child.type in ("text", "code_inline"))


def _lowered(tag: str) -> str:
    """A level down: the title of the item is the only first heading of its page."""
    return f"h{min(6, int(tag[1]) + 1)}"


def _raw(token: Token, html: str) -> None:
    token.type, token.content, token.children = "html_block", html, None


def _sheet(token: Token) -> None:
    """Code that can be reached and scrolled by keyboard."""
    name = unescape(token.info).split(maxsplit=1)[0] if token.info.strip() else ""
    told = f' data-language="{escape(name)}"' if name else ""
    _raw(token, f'<pre tabindex="0"><code{told}>{escape(token.content, quote=False)}</code></pre>\n')


def _task(token: Token, tokens: Sequence[Token], index: int) -> None:
    """A box to tick in the source, named by its own words."""
    label = next((_spoken(following) for following in tokens[index:] if following.type == "inline"), "")
    checked = ' checked=""' if token.meta["checked"] else ""
    name = escape(shorten(label, 80))
    _raw(token, f'<li><input type="checkbox" disabled=""{checked} aria-label="{name}"><div class="what">\n')
    for following in tokens[index + 1 :]:
        if following.type == "list_item_close" and following.level == token.level:
            _raw(following, "</div></li>\n")
            return
