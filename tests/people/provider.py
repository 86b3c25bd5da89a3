"""A small OpenID Connect provider on loopback: it vouches for whoever the test tells it to, strictly.

Whoever comes is led to its page on another host, as in large houses, and says yes or no there. Codes are good once, for
whoever began (PKCE) and knows the secret; identity tokens are signed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from html import escape, unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "palabre", "a secret they share"
PAGE = """<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Teranga</title>
<body><h1>Is it you?</h1><p><a id="yes" href="{yes}">Yes</a> <a id="no" href="{no}">No</a></p></body></html>"""


class Provider(ThreadingHTTPServer):
    """What it says of people (`claims`), to whom (`audience`), in whose `name`; `silent` when it says nothing."""

    daemon_threads = True

    def __init__(self, claims: dict[str, Any], audience: str = CLIENT) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.claims, self.audience, self.silent = claims, audience, False
        self.name: str | None = self.issuer
        self.begun: dict[str, dict[str, str]] = {}
        self.granted: set[str] = set()

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @cached_property
    def key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)

    @property
    def said_of_itself(self) -> dict[str, Any]:
        return {
            "issuer": self.name,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def begin(self, address: str) -> dict[str, str]:
        """The two ways on from its page, by what one says there, for whoever came to that address."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(unescape(address)).query).items()}
        code = secrets.token_urlsafe(8)
        self.begun[code] = asked
        state = {"state": asked["state"]}
        return {
            "yes": f"{asked['redirect_uri']}?{urlencode({'code': code} | state)}",
            "no": f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied'} | state)}",
        }

    def grant(self, given: dict[str, str]) -> dict[str, Any] | None:
        """Tokens for a code; None when it is not good, or not theirs."""
        asked = self.begun.pop(given.get("code", ""), None)
        proof = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if (
            asked is None
            or (given.get("client_id"), given.get("client_secret")) != (CLIENT, SECRET)
            or given.get("redirect_uri") != asked["redirect_uri"]
            or base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != asked["code_challenge"]
        ):
            return None
        token, at = secrets.token_urlsafe(8), int(time.time())
        self.granted.add(token)
        said = self.claims | {"iss": self.name, "aud": self.audience, "iat": at, "exp": at + 60}
        identity = jwt.encode(said, self.key, algorithm="RS256", headers={"kid": "only"})
        return {"access_token": token, "token_type": "Bearer", "expires_in": 60, "id_token": identity}


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if self.server.silent:
            self.answer(503, b"")
        elif address.path.startswith("/.well-known/"):
            self.tell(self.server.said_of_itself)
        elif address.path == "/authorize":
            self.answer(302, b"", Location=f"http://localhost:{self.server.server_port}/page?{address.query}")
        elif address.path == "/page":
            self.answer(200, self.page().encode(), kind="text/html")
        elif address.path == "/userinfo":
            known = self.headers.get("Authorization", "").removeprefix("Bearer ") in self.server.granted
            self.tell(self.server.claims) if known else self.answer(401, b"{}")
        else:
            self.answer(204, b"")  # the picture of its tab, which browsers ask for

    def page(self) -> str:
        return PAGE.format(**{name: escape(way) for name, way in self.server.begin(self.path).items()})

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        granted = self.server.grant({name: values[0] for name, values in sent.items()})
        self.tell(granted) if granted else self.answer(400, b'{"error": "invalid_grant"}')

    def tell(self, answer: dict[str, Any]) -> None:
        self.answer(200, json.dumps(answer).encode())

    def answer(self, status: int, content: bytes, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: Any) -> None:
        return


@contextmanager
def provider(claims: dict[str, Any], audience: str = CLIENT) -> Iterator[Provider]:
    """One that answers until the block ends."""
    server = Provider(claims, audience)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def environment(issuer: str) -> dict[str, str]:
    """What an administrator sets for a house that trusts it."""
    return {
        "PALABRE_OIDC_ISSUER": issuer,
        "PALABRE_OIDC_NAME": "Teranga",
        "PALABRE_OIDC_CLIENT_ID": CLIENT,
        "PALABRE_OIDC_SECRET": SECRET,
    }
