"""Mail to one person, in their language; where no mail server is set, nothing is sent and pages say so.

The worker carries it: a mail server that takes its time holds up no page, and what is rolled back is never sent. It
waits sealed, since a message may hold a link that opens an account.
"""

import json
import textwrap
from email.utils import formataddr, make_msgid, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from palabre.people.sealing import seal

COLUMNS = 76  # of plain text
WHOLE_WORDS: Any = {"break_long_words": False, "break_on_hyphens": False}


def is_sent() -> bool:
    """Whether this house has a mail server."""
    return bool(settings.EMAIL_HOST)


def send(template: str, address: str | None, language: str, **context: Any) -> None:
    """Sends `<template>.txt`, whose first line is the subject, in `language`; to who has no address, nothing."""
    with translation.override(language or settings.LANGUAGE_CODE):
        subject, _, text = (
            render_to_string(f"{template}.txt", {**context, "company": settings.COMPANY}).strip().partition("\n")
        )
    if address:
        post(subject.strip(), filled(text), address)


def refused_for_good(error: OSError) -> str:
    """What the mail server said of an address that it will never take; "" when it may yet."""
    refused = getattr(error, "recipients", {})  # of its protocol's own error: address → (code, words)
    if not refused or any(code < 500 for code, _words in refused.values()):
        return ""
    return "; ".join(f"{code} {words.decode(errors='replace')}" for code, words in refused.values())


def filled(text: str) -> str:
    """`text` in lines of at most 76 columns; an address, or what is quoted, is never broken."""
    lines = (
        line if len(line) <= COLUMNS or line.startswith(">") else textwrap.fill(line, COLUMNS, **WHOLE_WORDS)
        for line in text.strip().splitlines()
    )
    return "\n".join(lines) + "\n"


def post(subject: str, text: str, address: str) -> None:
    """Gives a message to the worker, in the caller's transaction."""
    from palabre.people.tasks import carry

    name = make_msgid(domain=urlsplit(settings.ADDRESS).hostname)
    headers = {
        "Message-ID": name,
        "From": formataddr((settings.COMPANY, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        "Auto-Submitted": "auto-generated",
        "Content-Language": translation.get_language(),
    }
    message = {"subject": " ".join(subject.split()), "body": text, "to": [address], "headers": headers}
    carry.defer(sealed=seal(json.dumps(message), "mail"))
