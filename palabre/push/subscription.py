"""What a browser says when it subscribes: where its push service is, and the keys with which to seal (RFC 8291)."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from palabre.kit import destinations, outbound

LONGEST = 1000
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+={0,2}")


class Unsound(ValueError):
    """This is no subscription that could be used; the message says why, for a log."""


@dataclass(frozen=True)
class Subscription:
    """`endpoint` is the address; `p256dh` the browser's public key (an uncompressed point of P-256, 65 bytes) and
    `auth` its secret (16 bytes), both in base64url without padding.
    """

    endpoint: str
    p256dh: str
    auth: str

    @classmethod
    def read(cls, endpoint: str, p256dh: str, auth: str) -> Subscription:
        """From what a browser sent. Raises Unsound.

        Only https, on the web; another way or place only where the operator has opened the host.
        """
        url = urlsplit(endpoint)
        if len(endpoint) > LONGEST or not endpoint.isascii() or url.username or url.fragment:
            raise Unsound("address")
        allowed = outbound.allowed()
        try:
            port = url.port or (443 if url.scheme == "https" else 80)
            destinations.check(url.scheme, url.hostname or "", port, allowed)
        except (destinations.Unreachable, ValueError) as error:
            raise Unsound(str(error)) from error
        if url.scheme != "https" and not allowed.host(url.hostname or "", port):
            raise Unsound("not encrypted")
        return cls(endpoint, _written(p256dh, 65), _written(auth, 16))._proven()

    @property
    def origin(self) -> str:
        """The push service, as a signature names it."""
        url = urlsplit(self.endpoint)
        return f"{url.scheme}://{url.netloc}"

    @property
    def public_key(self) -> bytes:
        return raw(self.p256dh)

    @property
    def secret(self) -> bytes:
        return raw(self.auth)

    def _proven(self) -> Subscription:
        from cryptography.hazmat.primitives.asymmetric import ec

        try:
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), self.public_key)
        except ValueError as error:
            raise Unsound("no point of the curve") from error
        return self


def raw(written: str) -> bytes:
    """The bytes that base64url, with or without padding, writes."""
    return base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))


def written(value: bytes) -> str:
    """Bytes in base64url, without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _written(given: str, size: int) -> str:
    try:
        value = raw(given.rstrip("=")) if _BASE64URL.fullmatch(given) else b""
    except (binascii.Error, ValueError) as error:
        raise Unsound("key") from error
    if len(value) != size:
        raise Unsound("key")
    return written(value)
