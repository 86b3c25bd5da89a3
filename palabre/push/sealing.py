"""Messages sealed for one browser (RFC 8291, `aes128gcm` of RFC 8188) and signed for its push service (RFC 8292).

The push service carries what it cannot read, and knows who sends. The libraries are imported when something is sent:
only the worker does that.
"""

from __future__ import annotations

import os
import time
from email.utils import parseaddr
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from palabre.push.subscription import Subscription, raw, written

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

RECORD = 4096  # bytes of a sealed message, the most that every push service takes (RFC 8030, section 7.2)
LARGEST = RECORD - 86 - 17  # bytes of what is sealed: without the header, the tag and the mark of the last record
SIGNED_FOR = 12 * 60 * 60  # seconds; a day at most (RFC 8292, section 2)


class TooLong(ValueError):
    """More than one message can hold."""


def seal(
    text: bytes, given: Subscription, *, key: EllipticCurvePrivateKey | None = None, salt: bytes | None = None
) -> bytes:
    """The message for one browser, which alone opens it. Key and salt are made anew for each. Raises TooLong."""
    import http_ece
    from cryptography.hazmat.primitives.asymmetric import ec

    if len(text) > LARGEST:
        raise TooLong(len(text))
    sealed: bytes = http_ece.encrypt(
        text,
        salt=salt or os.urandom(16),
        private_key=key or ec.generate_private_key(ec.SECP256R1()),
        dh=given.public_key,
        auth_secret=given.secret,
        rs=RECORD,
        version="aes128gcm",
    )
    return sealed


def signature(given: Subscription) -> str:
    """The header `Authorization` for a message to this browser: who sends, to which service, until when."""
    from py_vapid import Vapid02

    claims = {"aud": given.origin, "exp": int(time.time()) + SIGNED_FOR, "sub": contact()}
    header: str = Vapid02.from_raw(settings.PALABRE_PUSH_KEY.encode()).sign(claims)["Authorization"]
    return header


def contact() -> str:
    """Where a push service may complain: the house itself where it is on the web, else who sends its mail."""
    house = urlsplit(settings.ADDRESS)
    if house.scheme == "https":
        return f"https://{house.hostname}"
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


def public_key() -> str:
    """By what browsers know that it is this house which sends: an uncompressed point of P-256 in base64url."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    number = int.from_bytes(raw(settings.PALABRE_PUSH_KEY))
    point = ec.derive_private_key(number, ec.SECP256R1()).public_key()
    return written(point.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint))
