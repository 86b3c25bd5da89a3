"""Answers brought by the mail server in front (LMTP, RFC 2033), on loopback or a socket of this machine.

250 is said when the comment is committed, 4xx while the database is away, and 5xx, with words, to what will never be
taken and could not be answered by us: then the server in front tells the sender.
"""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope, Session
from asgiref.sync import sync_to_async
from django.conf import settings
from django.utils import translation

from palabre.mail.answers import address
from palabre.mail.answers.models import Outcome, Received
from palabre.mail.answers.receiving import AWAY, renew_connection, take

TAKEN = "250 2.0.0 Taken"
LATER = "451 4.3.0 The house is not ready; bring it again later"
ONE = "452 4.5.3 One recipient at a time"
NOBODY = "550 5.1.1 This address answers nothing here. Please answer on the page itself"

log = logging.getLogger("palabre.mail")


class Listener(LMTP):
    """HTML mails have lines of any length; the standard's thousand bytes would turn them away."""

    line_length_limit = 1024 * 1024


class Handler:
    """What is said to the server in front."""

    async def handle_MAIL(
        self, _server: Any, _session: Session, envelope: Envelope, path: str, options: list[str]
    ) -> str:
        # The library takes an empty return path for none, and asks for one; reports of failure come with it.
        envelope.mail_from = path or "<>"
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(
        self, _server: Any, _session: Session, envelope: Envelope, to: str, _options: list[str]
    ) -> str:
        if envelope.rcpt_tos:
            return ONE  # the protocol answers each on its own, the library all at once
        known = await _answered(lambda: "250 2.1.5 OK" if address.opened(to) or address.bounced(to) else NOBODY)
        if known.startswith("250"):
            envelope.rcpt_tos.append(to)
        return known

    async def handle_DATA(self, _server: Any, _session: Session, envelope: Envelope) -> str:
        path = "" if envelope.mail_from == "<>" else envelope.mail_from
        data, [to] = bytes(envelope.original_content or b""), envelope.rcpt_tos
        return await _answered(lambda: _verdict(take(data, to, path)))


async def _answered(question: Callable[[], str]) -> str:
    """What the question says, in the one thread that asks the database; LATER when that is away."""

    def ask() -> str:
        renew_connection()
        return question()

    try:
        return await sync_to_async(ask, thread_sensitive=True)()
    except AWAY as error:
        log.warning("A message is put off: %s", str(error).strip())
        return LATER


def _verdict(row: Received) -> str:
    if row.outcome != Outcome.REFUSED or row.answered:
        return TAKEN
    with translation.override("en"):
        said = str(row.sentence).replace("’", "'")
    return f"550 5.7.1 {said.encode('ascii', 'replace').decode()}"


async def listen(place: str) -> asyncio.Server:
    """Listens at `host:port`, or on a socket at a path; a socket left by who died is taken over."""
    loop = asyncio.get_running_loop()

    def listener() -> Listener:
        return Listener(
            Handler(), data_size_limit=settings.PALABRE_MAIL_SIZE, hostname=address.domain() or "localhost",
            ident="Palabre", loop=loop,
        )  # fmt: skip

    if place.startswith(("/", "unix:")):
        path = Path(place.removeprefix("unix:"))
        path.unlink(missing_ok=True)
        return await loop.create_unix_server(listener, str(path))
    host, _, port = place.rpartition(":")
    return await loop.create_server(listener, host.strip("[]") or "127.0.0.1", int(port))


async def serve(place: str, stopped: Event) -> None:
    """Listens until `stopped`; a message that is being taken is taken."""
    async with await listen(place):
        await asyncio.to_thread(stopped.wait)
