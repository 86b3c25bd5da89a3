"""Whether answers by mail can arrive, what was refused of late, and to whom mail is stopped."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings

from palabre.kit.checkup import Finding, bad, checkup, good, note
from palabre.kit.clock import now
from palabre.mail.answers import address
from palabre.mail.answers.models import REASONS, Outcome, Received, Stopped

OF_LATE = timedelta(days=7)
NAMED = 5


@checkup("Answers")
def answers() -> Iterator[Finding]:
    """The settings, the mailbox, and what came of the last week's mail."""
    ways = [name for name in ("PALABRE_LMTP", "PALABRE_IMAP_HOST") if getattr(settings, name)]
    if not address.is_offered():
        if ways:
            yield bad(f"{ways[0]} is set, but PALABRE_MAIL_REPLY is not: no letter says where to answer")
        else:
            yield note("answers by mail are not taken: no PALABRE_MAIL_REPLY is set")
        return
    if not ways:
        yield bad("letters offer an address to answer to, but nothing takes answers: PALABRE_LMTP or PALABRE_IMAP_HOST")
    if not address.is_short_enough():
        yield bad("what stands before the @ of PALABRE_MAIL_REPLY is too long to be followed by a seal")
    if not settings.PALABRE_MAIL_AUTHSERV:
        yield note("PALABRE_MAIL_AUTHSERV names no server whose verdict on DMARC would be believed")
    if settings.PALABRE_IMAP_HOST:
        yield from _mailbox()
    yield from _came()
    if count := Stopped.objects.count():
        yield note(f"mail to {count} people is stopped: their servers say that the address takes none")


def _mailbox() -> Iterator[Finding]:
    from palabre.mail.answers import mailbox

    try:
        with mailbox.entered():
            yield good(f"the mailbox at {settings.PALABRE_IMAP_HOST} lets us in")
    except mailbox.TROUBLES as error:
        yield bad(f"the mailbox at {settings.PALABRE_IMAP_HOST} does not let us in: {error}")


def _came() -> Iterator[Finding]:
    late = Received.objects.filter(at__gt=now() - OF_LATE)
    taken, unwelcome = late.filter(outcome=Outcome.TAKEN).count(), late.unwelcome().order_by("-id")
    yield good(f"in the last {OF_LATE.days} days {taken} answers were taken, {unwelcome.count()} were not")
    for row in unwelcome[:NAMED]:
        yield note(f"{row.at:%Y-%m-%d %H:%M} {row.sender or 'unnamed'}: {REASONS.get(row.reason, row.reason)}")
