"""The words of a mail that came as HTML alone, as Markdown; read by a confined process, so nothing here knows Django.

What mail programs mark as quoted becomes lines that begin with `>`, a line drawn above becomes a rule: `quotation`
decides about both. Signatures that say that they are one are left out here.
"""

import io
import re
from typing import IO, Any

from lxml import etree, html

LONGEST = 400_000  # characters
DEEPEST = 200

SILENT = {"script", "style", "head", "title", "template", "noscript", "object", "svg", "select", "button"}
BLOCKS = {
    "p", "div", "ul", "ol", "li", "table", "tbody", "thead", "tr", "blockquote", "pre", "section", "article",
    "h1", "h2", "h3", "h4", "h5", "h6", "address", "header", "footer", "center", "dl", "dt", "dd", "body", "html",
    "form",
}  # fmt: skip
APART = {"p", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
STRONG, STRESSED = {"b", "strong"}, {"i", "em"}
SIGNATURES = (
    "//*[contains(concat(' ', @class, ' '), ' moz-signature ')]",
    "//*[contains(concat(' ', @class, ' '), ' gmail_signature ')]",
    "//*[@id='Signature' or @id='ms-outlook-mobile-signature' or @id='AppleMailSignature']",
    "//*[@data-signatureblock='true']",
)
RULE = "_" * 32


def prepare() -> None:
    """Loads all that reading needs, by reading."""
    words_of(io.BytesIO(b"<p>Some <b>words</b> of a mail</p>"))


def words_of(file: IO[bytes]) -> str:
    """The words of UTF-8 HTML. Runs confined. Raises ValueError with one word that says what is wrong."""
    data = file.read()
    if not data.strip():
        return ""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as failure:
        raise ValueError("unreadable") from failure
    for path in SIGNATURES:
        for signature in tree.xpath(path):
            if signature.getparent() is not None:
                signature.drop_tree()
    writing = _Writing()
    writing.through(tree, 0)
    return writing.text()[:LONGEST]


class _Writing:
    """Lines as they are gathered; a line knows how deep it is quoted."""

    def __init__(self) -> None:
        self.lines: list[tuple[int, str]] = []
        self.line = ""
        self.depth = 0
        self.verbatim = 0
        self.lists: list[int] = []

    def through(self, element: Any, deep: int) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in SILENT or ":" in tag or deep > DEEPEST or not tag:
            if ":" in tag and deep <= DEEPEST:  # `o:p` of Outlook holds words
                self._inside(element, deep)
            return
        if tag == "br":
            self._break()
        elif tag == "hr":
            self._rule()
        elif tag == "img":
            self._picture(element)
        elif tag in BLOCKS:
            self._block(tag, element, deep)
        elif tag in STRONG | STRESSED:
            self._stressed("**" if tag in STRONG else "*", element, deep)
        elif tag == "a":
            self._link(element, deep)
        elif tag in ("td", "th"):
            if self.line.strip():
                self.line += " "
            self._inside(element, deep)
        else:
            self._inside(element, deep)

    def text(self) -> str:
        self._close()
        return "\n".join(f"{'> ' * depth}{line}".rstrip() for depth, line in self.lines).strip("\n")

    def _inside(self, element: Any, deep: int) -> None:
        self._say(element.text)
        for child in element:
            self.through(child, deep + 1)
            self._say(child.tail)

    def _say(self, words: str | None) -> None:
        if not words:
            return
        if self.verbatim:
            first, *others = words.split("\n")
            self.line += first
            for other in others:
                self._break()
                self.line = other
            return
        said = re.sub(r"[ \t\r\n\f]+", " ", words)
        self.line += said.lstrip(" ") if not self.line or self.line.endswith(" ") else said

    def _break(self) -> None:
        self.lines.append((self.depth, self.line.rstrip()))
        self.line = ""

    def _close(self) -> None:
        """The line ends, if there is anything on it."""
        if self.line.strip():
            self._break()
        elif "\u00a0" in self.line:
            self._gap()
        self.line = ""

    def _gap(self) -> None:
        """One empty line, unless there is one."""
        if self.lines and self.lines[-1][1]:
            self.lines.append((min(self.depth, self.lines[-1][0]), ""))

    def _rule(self) -> None:
        self._close()
        self.lines.append((self.depth, RULE))

    def _block(self, tag: str, element: Any, deep: int) -> None:
        self._close()
        if tag in APART and not (tag in ("ul", "ol") and self.lists):
            self._gap()
        if re.search(r"border-top:[^;]*solid|border-top-style:\s*solid", element.get("style") or "", re.IGNORECASE):
            self._rule()
        self.depth += tag == "blockquote"
        self.verbatim += tag == "pre"
        if tag in ("ul", "ol"):
            self.lists.append(0)
        if tag == "li" and self.lists:
            self.lists[-1] += 1
            mark = f"{self.lists[-1]}." if element.getparent().tag == "ol" else "-"
            self.line = f"{'  ' * (len(self.lists) - 1)}{mark} "
        self._inside(element, deep)
        self._close()
        if tag in ("ul", "ol"):
            self.lists.pop()
        self.verbatim -= tag == "pre"
        self.depth -= tag == "blockquote"
        if tag in APART and not (tag in ("ul", "ol") and self.lists):
            self._gap()

    def _stressed(self, sign: str, element: Any, deep: int) -> None:
        """Marked where it stands within one line and touches no space."""
        begun, lines = len(self.line), len(self.lines)
        self._inside(element, deep)
        if len(self.lines) != lines:
            return
        said = self.line[begun:]
        if said.strip() and not self.verbatim and sign not in said:
            inner = said.strip()
            left, right = said.partition(inner)[0], said[len(said.rstrip()) :]
            self.line = f"{self.line[:begun]}{left}{sign}{inner}{sign}{right}"

    def _link(self, element: Any, deep: int) -> None:
        begun, lines = len(self.line), len(self.lines)
        self._inside(element, deep)
        address = re.sub(r"\s", "", element.get("href") or "")
        said = self.line[begun:].strip()
        if len(self.lines) != lines or not re.match(r"https?://", address, re.IGNORECASE) or not said:
            return
        plain = address.rstrip("/").removeprefix("https://").removeprefix("http://")
        if said.rstrip("/") in (plain, address.rstrip("/")):
            self.line = self.line[:begun] + address
        elif not re.search(r"[\[\]]", said):
            self.line = f"{self.line[:begun]}[{said}](<{address.replace('>', '%3E').replace('<', '%3C')}>)"

    def _picture(self, element: Any) -> None:
        """One that came along is named by its place in the mail; one that lies elsewhere is not fetched."""
        source = (element.get("src") or "").strip()
        if source.lower().startswith("cid:"):
            self.line += f"![](<{source[:4].lower()}{re.sub(r'[<>()]', '', source[4:])}>)"
