"""What stands at the head of a message: who wrote it, whether a machine did, whether it may be answered at all.

Nothing here is believed for more than it is: a sender is who the message says it is, until the signed address and the
verdict of the mail server agree. Fields that cannot be read count as absent.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage

LONGEST_FIELD = 2_000

_MACHINES = re.compile(
    r"^(?:mailer-daemon|postmaster|no-?reply|ne-?pas-?repondre|do-?not-?reply|bounces?)\b", re.IGNORECASE
)
_AWAY = re.compile(
    r"\s*(?:automatic reply|auto(?:matic)?[ -]?response|auto[ -]?reply|out of (?:the )?office|réponse automatique"
    r"|absence du bureau|message d['’]absence|notification d['’]absence|absent du bureau)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_NAMED = re.compile(r"[^<>@]*<\s*([^\s<>@,;:()\"]+@[^\s<>@,;:()\"]+)\s*>\s*")
_BARE = re.compile(r"\s*([^\s<>@,;:()\"]+@[^\s<>@,;:()\"]+)\s*(?:\([^()@]*\))?\s*")
_BY_MACHINES = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-mailer-autoreply")


@dataclass(frozen=True)
class Envelope:
    """`sender` is in small letters, "" unless exactly one is named. `path` is the return path, None when unknown."""

    sender: str
    name: str
    message_id: str
    subject: str
    references: str
    language: str
    path: str | None
    is_automatic: bool
    may_be_answered: bool


def read(message: EmailMessage, path: str | None = None) -> Envelope:
    """The head of a message; `path` is the return path when the server that brought it said it."""
    if path is None and (said := field(message, "Return-Path")):
        path = said
    path = path.strip().strip("<>").strip() if path is not None else None
    sender = _sender(message)
    name = field(message, "From").rpartition("<")[0].strip(' "')
    subject = field(message, "Subject")
    automatic = _is_automatic(message, sender, subject, path)
    silent = any(field(message, each) for each in ("List-Id", "List-Unsubscribe", "X-Auto-Response-Suppress"))
    return Envelope(
        sender=sender[:254],
        name=name[:200],
        message_id=field(message, "Message-ID")[:300],
        subject=subject[:300],
        references=field(message, "References")[-800:],
        language=(field(message, "Content-Language") or field(message, "Accept-Language"))[:2].lower(),
        path=path,
        is_automatic=automatic,
        may_be_answered=bool(sender) and not automatic and not silent,
    )


def field(message: EmailMessage, name: str) -> str:
    """One field on one line, its encoded words read; "" when there is none, or nobody can read it."""
    return next(fields(message, name), "")


def fields(message: EmailMessage, name: str) -> Iterator[str]:
    """Every field of that name."""
    try:
        values = [str(value) for value in message.get_all(name, [])]
    except Exception:  # the parser of the standard library fails in many ways on what strangers write
        values = [str(value) for key, value in message.raw_items() if key.lower() == name.lower()]
    for value in values:
        said = re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]+", " ", value[:LONGEST_FIELD])
        yield " ".join(said.split())


def _sender(message: EmailMessage) -> str:
    """The one address that the message is from, as it was sent; "" where anybody could read another one in it.

    A name that looks like an address is where one program reads the one and the next the other: the server that
    vouches for a sender has to have looked at the same.
    """
    sources = [str(value) for name, value in message.raw_items() if name.lower() == "from"]
    if len(sources) != 1:
        return ""
    source = _QUOTED.sub(" ", " ".join(sources[0][:LONGEST_FIELD].split()))
    found = _NAMED.fullmatch(source) or _BARE.fullmatch(source)
    return found[1].casefold() if found else ""


def _is_automatic(message: EmailMessage, sender: str, subject: str, path: str | None) -> bool:
    """Whether no person wrote it (RFC 3834, and what programs write that do not know it)."""
    submitted = field(message, "Auto-Submitted").partition(";")[0].strip().lower()
    precedence = field(message, "Precedence").lower()
    return (
        (submitted not in ("", "no"))
        or precedence in ("bulk", "list", "junk", "auto_reply")
        or any(field(message, each) for each in _BY_MACHINES)
        or path == ""
        or bool(_MACHINES.match(sender))
        or bool(_AWAY.match(subject))
        or message.get_content_type() == "multipart/report"
    )
