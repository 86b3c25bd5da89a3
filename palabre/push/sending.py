"""Sending: one message to one device, through the one door to the outside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from palabre.kit import outbound
from palabre.kit.clock import now
from palabre.push import sealing
from palabre.push.message import Message
from palabre.push.models import Device

WORTH = timedelta(days=1)  # how long a message is worth an interruption; later it only waits in the inbox
GONE = {404, 410}
LIMITS = outbound.Limits(size=1024, seconds=20, types=())


class Later(Exception):
    """The push service cannot take it now; `wait` is how many seconds it asks for, if it says."""

    def __init__(self, why: str, wait: int | None = None) -> None:
        super().__init__(why)
        self.wait = wait


def send(device: Device, message: Message, *, urgent: bool, until: datetime) -> bool:
    """Hands a message over; whether it was taken. Raises Later.

    A browser that is gone is forgotten. What a push service refuses for good is noted and not tried again.
    """
    left = int((until - now()).total_seconds())
    if left <= 0:
        return False
    given = device.subscription
    headers = {
        "Authorization": sealing.signature(given),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(left),
        "Urgency": "high" if urgent else "normal",
        "Topic": message.topic,
    }
    try:
        answer = outbound.send(device.endpoint, sealing.seal(message.text(), given), headers, LIMITS)
    except outbound.Refused as refused:
        if refused.retry:
            raise Later(refused.reason) from refused
        device.note(refused=1)
        return False
    if answer.ok:
        device.note()
        return True
    if answer.status in GONE:
        device.delete()
        return False
    if answer.status == 429 or answer.status >= 500:
        raise Later(str(answer.status), wait(answer.headers.get("retry-after", "")))
    device.note(refused=answer.status)
    return False


def wait(said: str) -> int | None:
    """Seconds that `Retry-After` asks for (RFC 9110, section 10.2.3): a number of them, or a date; None if neither."""
    if said.strip().isdecimal():
        return int(said.strip()[:9])
    try:
        at = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    return max(0, int((at.replace(tzinfo=at.tzinfo or UTC) - now()).total_seconds()))
