"""Addresses that only this house can make: one answers for one person in one thread, one takes back what bounced.

    reply+TOKEN@domain      bounces+TOKEN@domain

The token is a few numbers and a seal over them, in small letters and digits, for some servers fold the case of what
stands before the @. It gives no right: who writes there, and what they may do, is asked when the message is there.
"""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from palabre.people.models import Person

LONGEST_LOCAL = 64  # RFC 5321, 4.5.3.1.1
SEAL = 12  # bytes
BOUNCES = "bounces"
_TOKEN = re.compile(r"[a-z2-7]{20,58}")


@dataclass(frozen=True)
class Thread:
    """Where an answer goes, by the keys of a person, an item and the comment that is answered."""

    person: int
    item: int
    comment: int | None = None


def is_offered() -> bool:
    """Whether this house takes answers by mail."""
    return "@" in settings.PALABRE_MAIL_REPLY


def reply_address(person: Any, item: Any, comment: Any = None) -> str:
    """Where `person` answers by mail to what was said of `item`, or to `comment` there; "" where none is offered."""
    if not is_offered():
        return ""
    local, domain = _ours()
    numbers = [person.pk, item.pk, comment.pk if comment else 0]
    return _fitting(f"{local}+{_sealed(numbers, 'reply')}", domain)


def bounce_address(person: Any) -> str:
    """The return path of mail to `person`: what comes back there came back from the address they have now."""
    if not is_offered():
        return ""
    return _fitting(f"{BOUNCES}+{_sealed([person.pk], f'bounce {_folded(person.email)}')}", _ours()[1])


def opened(address: str) -> Thread | None:
    """What an address answers; None for one that this house did not make."""
    token = _token(address, _ours()[0]) if is_offered() else None
    numbers = _unsealed(token, "reply") if token else None
    if numbers is None or len(numbers) != 3:
        return None
    return Thread(numbers[0], numbers[1], numbers[2] or None)


def bounced(address: str) -> Person | None:
    """The person whose mail came back to this address; None when it is not theirs, or no longer."""
    token = _token(address, BOUNCES) if is_offered() else None
    number = _numbers(_decoded(token)[:-SEAL]) if token else []
    person = Person.objects.filter(pk=number[0]).first() if len(number) == 1 else None
    if person is None or not token or _unsealed(token, f"bounce {_folded(person.email)}") is None:
        return None
    return person


def is_short_enough() -> bool:
    """Whether the seal of a house with a thousand million people, items and comments still fits behind the name."""
    return len(_ours()[0]) + len("+") + len(_sealed([2**30] * 3, "reply")) <= LONGEST_LOCAL


def is_ours(address: str) -> bool:
    """Whether an address is one of those that answer here, with a seal or without."""
    if not is_offered():
        return False
    local, domain = _ours()
    name, _, host = address.strip().casefold().rpartition("@")
    return host == domain and name.partition("+")[0] in (local, BOUNCES)


def domain() -> str:
    """The domain at which answers arrive; "" where none do."""
    return _ours()[1] if is_offered() else ""


def among(addresses: Iterable[str]) -> list[str]:
    """Those that are ours, each once."""
    return list(dict.fromkeys(address.strip().casefold() for address in addresses if is_ours(address)))


def _ours() -> tuple[str, str]:
    local, _, domain = settings.PALABRE_MAIL_REPLY.casefold().rpartition("@")
    return local, domain


def _fitting(local: str, domain: str) -> str:
    return f"{local}@{domain}" if len(local) <= LONGEST_LOCAL else ""


def _token(address: str, expected: str) -> str | None:
    """What stands behind the `+` of an address of that name at our domain."""
    local, _, domain = address.strip().casefold().rpartition("@")
    name, _, token = local.partition("+")
    fits = name == expected and domain == _ours()[1] and _TOKEN.fullmatch(token)
    return token if fits else None


def _sealed(numbers: list[int], purpose: str) -> str:
    payload = b"".join(map(_packed, numbers))
    return base64.b32encode(payload + _seal(payload, purpose)).decode().rstrip("=").lower()


def _unsealed(token: str, purpose: str) -> list[int] | None:
    data = _decoded(token)
    payload, seal = data[:-SEAL], data[-SEAL:]
    if not payload or not constant_time_compare(seal, _seal(payload, purpose)):
        return None
    # A token has one spelling: two that open the same would be two answers.
    return _numbers(payload) if base64.b32encode(data).decode().rstrip("=").lower() == token else None


def _decoded(token: str) -> bytes:
    try:
        return base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except ValueError:
        return b""


def _seal(payload: bytes, purpose: str) -> bytes:
    return salted_hmac(f"palabre.mail.answers {purpose}", payload, algorithm="sha256").digest()[:SEAL]


def _packed(number: int) -> bytes:
    """Seven bits a byte, the last one without its eighth: small numbers make short addresses."""
    packed = bytearray()
    while number > 127:
        packed.append(number & 127 | 128)
        number >>= 7
    packed.append(number)
    return bytes(packed)


def _numbers(payload: bytes) -> list[int]:
    numbers, number, shift = [], 0, 0
    for byte in payload:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(number)
            number, shift = 0, 0
    return numbers if not shift else []


def _folded(address: str | None) -> str:
    return (address or "").casefold()
