"""A browser as a push service and a house know it, and a push service on loopback."""

import json
from dataclasses import dataclass, field
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from palabre.push.subscription import written
from tests.kit.outside import Outside, send


@dataclass
class Browser:
    """Its keys, and what its push service was handed for it: pairs of headers and sealed bodies, oldest first."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = b"sixteen bytes!!!"
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def said(self) -> dict[str, str]:
        """What it posts when it subscribes."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "p256dh": written(point), "auth": written(self.secret)}

    def opened(self) -> list[dict[str, Any]]:
        """What it was told, as only it can read it."""
        return [
            json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret))
            for _headers, body in self.got
        ]


def browser_at(service: Outside, path: str = "/to/it") -> Browser:
    """A browser whose push service takes everything."""
    browser = Browser(service.address(path))

    def take(handler: Any) -> None:
        body = handler.rfile.read(int(handler.headers["content-length"]))
        browser.got.append((dict(handler.headers), body))
        send(handler, b"", 201)

    service[path] = take
    return browser
