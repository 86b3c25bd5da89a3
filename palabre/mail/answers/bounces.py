"""Letters that came back: delivery status notifications (RFC 3464), counted, and heeded when they are final."""

import re
from collections.abc import Collection, Iterator
from email.message import EmailMessage, Message
from typing import Any

from palabre.mail.answers.models import Bounce, Stopped

_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")


def stopped(people: Collection[int]) -> set[int]:
    """Those of `people`, by key, to whom no mail may go out."""
    return set(Stopped.objects.filter(person__in=people).values_list("person_id", flat=True))


def heed(message: EmailMessage, person: Any) -> Bounce | None:
    """Keeps what a notification says of mail to `person`; None when it says nothing of a failure."""
    told = list(failures(message))
    if not told:
        return None
    permanent, status, said = max(told)
    bounce = Bounce.objects.create(person=person, permanent=permanent, status=status, said=said)
    if permanent:
        Stopped.stop(bounce)
    return bounce


def failures(message: Message) -> Iterator[tuple[bool, str, str]]:
    """(permanent, status, what the server said) for each recipient that a report speaks of.

    An action `failed` with a status 4.x.x was given up after a time: nothing says that the address is not good.
    """
    if message.get_content_type() != "multipart/report":
        return
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        fields = part.get_payload()
        for each in fields if isinstance(fields, list) else []:
            if not isinstance(each, Message):
                continue
            action = _field(each, "Action").lower()
            status = _STATUS.search(_field(each, "Status"))
            if action not in ("failed", "delayed") or (status and status[1] == "2"):
                continue
            said = _field(each, "Diagnostic-Code").partition(";")[2].strip() or _field(each, "Diagnostic-Code")
            permanent = action == "failed" and (status is None or status[1] == "5")
            yield permanent, status[0] if status else "", said[:300]


def _field(fields: Message, name: str) -> str:
    return " ".join(str(fields.get(name, "")).replace("\x00", "").split())
