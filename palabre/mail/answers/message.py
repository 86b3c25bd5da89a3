"""What a message carries: the words of its writer, and what was attached to them.

Of two versions of a text the plain one is read; HTML alone is read by a confined process (`markup`). Charsets lie,
parts are nested in each other, lines were broken for the way: all of that is undone here, and nothing is ever run.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from tempfile import TemporaryFile

from palabre.kit.confinement import Bounds, Failure, run

MOST_PARTS = 200
DEEPEST = 20
CLOSED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
SEALS = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
# Codings that are no charsets, whatever a message says.
_NOT_CHARSETS = re.compile(r"(?:raw_?|raw-)?unicode.?escape|idna|punycode|utf.?7|undefined", re.IGNORECASE)
_ARMOUR = "-----BEGIN PGP MESSAGE-----"
BOUNDS = Bounds(seconds=10, memory=512 * 1024 * 1024, output=4 * 1024 * 1024)


class Unreadable(Exception):
    """Nothing can be made of the message. `reason` is a key of `models.REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Attachment:
    """Something attached. `cid` is the name by which the HTML of the message shows it, if it does."""

    name: str
    data: bytes
    cid: str = ""
    is_picture: bool = False


@dataclass
class Content:
    """The texts in their order, plain ones and those in HTML, as they came; and how many `parts` they were found in."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    parts: int = 0


def parsed(data: bytes) -> EmailMessage:
    """The message of these bytes; whatever they are, there is one."""
    return message_from_bytes(data, policy=policy.default)  # type: ignore[arg-type]


def read(message: EmailMessage) -> Content:
    """What it carries. Raises Unreadable."""
    content = Content()
    _through(message, content, 0, False)
    if any(_ARMOUR in text for text in content.plain):
        raise Unreadable("encrypted")
    return content


def marked(html: str) -> str:
    """The words of HTML as Markdown, quotations as lines that begin with `>`. Raises Unreadable."""
    with TemporaryFile() as file:
        file.write(html.encode("utf-8", "replace"))
        file.seek(0)
        try:
            return run("palabre.mail.answers.markup:words_of", file, bounds=BOUNDS)
        except Failure as failure:
            raise Unreadable("unreadable") from failure


def _through(part: Message, content: Content, deep: int, alternative: bool) -> None:
    content.parts += 1
    if content.parts > MOST_PARTS or deep > DEEPEST:
        raise Unreadable("unreadable")
    kind = part.get_content_type()
    if kind in CLOSED:
        raise Unreadable("encrypted")
    if part.is_multipart() and kind.startswith("multipart/"):
        for child in _children(part):
            _through(child, content, deep + 1, alternative or kind == "multipart/alternative")
        return
    attached = part.get_content_disposition() == "attachment" or bool(_name(part))
    if kind == "text/plain" and not attached:
        content.plain.append(_flowed(part, _decoded(part)))
    elif kind == "text/html" and not attached:
        content.html.append(_decoded(part))
    elif kind in SEALS or kind == "message/delivery-status" or (alternative and kind == "text/calendar"):
        return
    elif attachment := _attachment(part, kind):
        content.attachments.append(attachment)


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def _attachment(part: Message, kind: str) -> Attachment | None:
    if part.is_multipart():  # a message in the message: kept as it is
        inner = _children(part)
        data = inner[0].as_bytes() if inner else b""
    else:
        data = _bytes(part)
    cid = str(part.get("Content-ID", "")).strip().strip("<>")
    endings = {"text/calendar": "ics", "message/rfc822": "eml", "text/plain": "txt", "text/html": "html"}
    subtype = re.sub(r"[^a-z0-9]", "", kind.partition("/")[2]) or "bin"
    name = _name(part) or f"{kind.partition('/')[0]}.{endings.get(kind, subtype)}"
    return Attachment(name, data, cid, kind.startswith("image/")) if data else None


def _name(part: Message) -> str:
    try:
        return str(part.get_filename() or "").encode("utf-8", "replace").decode()
    except Exception:  # as in `envelope.fields`
        return "file"


def _bytes(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except Exception:  # as in `envelope.fields`
        return b""
    return data if isinstance(data, bytes) else b""


def _decoded(part: Message) -> str:
    """The text of a part: in the charset it names, else as UTF-8, else as Windows writes Latin letters."""
    data = _bytes(part)
    for charset in _charsets(part):
        try:
            text = data.decode(charset)
        except (LookupError, ValueError):
            continue
        return re.sub(
            r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufeff]", "", text.replace("\r\n", "\n").replace("\r", "\n")
        )
    return ""


def _charsets(part: Message) -> Iterator[str]:
    try:
        named = str(part.get_content_charset() or "")
    except Exception:  # as in `envelope.fields`
        named = ""
    if named and not _NOT_CHARSETS.search(named):
        # What says Latin-1 mostly is what Windows makes of it, with its dashes and its quotation marks.
        yield "cp1252" if named in ("iso-8859-1", "latin1", "latin-1", "us-ascii-8bit") else named
    yield from ("utf-8", "cp1252", "latin-1")


def _flowed(part: Message, text: str) -> str:
    """Lines that were broken for the way, whole again (RFC 3676)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    joined = str(part.get_param("delsp", "")).lower() == "yes"
    lines: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        said = line[depth:].removeprefix(" ")
        flows = said.endswith(" ") and said != "-- "
        words = said[:-1] if flows and joined else said
        if open_depth == depth and said != "-- ":
            lines[-1] += words
        else:
            lines.append(f"{'>' * depth} {words}" if depth else words)
        open_depth = depth if flows else None
    return "\n".join(lines)
