"""The words of an answer as a comment says them: without quotation and signature, as Markdown, with its files."""

import re
from dataclasses import dataclass

from palabre.mail.answers.message import Attachment, Content, Unreadable, marked
from palabre.mail.answers.quotation import without_quotation
from palabre.mail.answers.signature import without_signature

NARROWEST, WIDEST = 50, 100  # characters of a line that was broken for the way
ORNAMENT = 4_000  # bytes: below, a picture that nobody's words name is an icon

_TAG = re.compile(r"<(?=[a-zA-Z/!?])(?!(?:https?://|mailto:|cid:)[^\s<>]*>|[^\s<>@]+@[^\s<>@]+>)")
_PICTURE = re.compile(r"!\[[^\]]*\]\(<cid:([^>]*)>\)")
_PLACE = re.compile(r"\[(?:cid|image|photo)\s?:\s?([^\]]{1,200})\]", re.IGNORECASE)
_LIST = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s|\s{4}|\s*[>|#]")


@dataclass(frozen=True)
class Answer:
    """`text` is Markdown in which `cid:` names pictures of `attachments`: only those that their writer meant."""

    text: str
    attachments: tuple[Attachment, ...]


def worded(content: Content, *names: str) -> Answer:
    """What somebody of these names wrote, and attached. Raises Unreadable."""
    plain = "\n\n".join(text.strip("\n") for text in content.plain if text.strip())
    html = "\n\n".join(content.html)
    shown = any(each.cid for each in content.attachments)
    own = _own(plain, *names) if plain else ""
    drawn = ""
    if html.strip() and (not plain or shown):
        try:
            drawn = _own(marked(html), *names)
        except Unreadable:
            if not plain:
                raise
    text = as_markdown(own if plain else drawn)
    return _with_pictures(text, drawn, content.attachments)


def _own(text: str, *names: str) -> str:
    return without_signature(without_quotation(text), *names)


def as_markdown(text: str) -> str:
    """The same words: signs that would be taken for markup as signs, lines that were meant to end ending."""
    return _TAG.sub(r"\\<", _lines(text)).strip("\n")


def _lines(text: str) -> str:
    """A line whose next word would still have fitted was ended by its writer; the others were broken for the way."""
    lines = text.split("\n")
    longest = max((len(line) for line in lines if len(line) <= WIDEST), default=0)
    width = max(longest, NARROWEST)
    kept = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        first = after.split(" ", 1)[0]
        meant = len(line) > WIDEST or len(line) + 1 + len(first) <= width
        plain = line.strip() and after.strip() and not _LIST.match(after) and not _LIST.match(line)
        kept.append(f"{line}\\" if plain and meant and not line.endswith("\\") else line)
    return "\n".join(kept)


def _with_pictures(text: str, drawn: str, attachments: list[Attachment]) -> Answer:
    """Pictures that the mail shows are kept where its writer's own words show them; logos stand with the signature."""
    own = set(_PICTURE.findall(drawn)) | set(_PICTURE.findall(text))
    kept = tuple(each for each in attachments if _is_meant(each, own, drawn, text))
    cids = {each.cid for each in kept if each.cid}
    names = {each.name.casefold(): each.cid for each in kept if each.cid}

    def named(place: re.Match[str]) -> str:
        name = place[1].strip()
        cid = name if name in cids else names.get(name.casefold(), "")
        return f"![](<cid:{cid}>)" if cid else ""

    text = _PLACE.sub(named, text)
    text = _PICTURE.sub(lambda found: found[0] if found[1] in cids else "", text)
    return Answer(text.strip(), kept)


def _is_meant(each: Attachment, own: set[str], drawn: str, text: str) -> bool:
    if not (each.cid and each.is_picture):
        return True
    if each.cid in own or any(name.strip() in (each.cid, each.name) for name in _PLACE.findall(text)):
        return True
    # Some programs name every attachment as if the text showed it; without HTML, only its size tells a logo.
    return not drawn and len(each.data) > ORNAMENT
