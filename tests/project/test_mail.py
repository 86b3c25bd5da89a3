"""Mail goes out as the settings say: STARTTLS, TLS from the first byte, a name and a password; or says why not."""

import json
import os
import re
import socket
import ssl
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

# What the worker does with a message, and then what the doctor says, in a process set by the environment alone.
CARRYING = """
import json, sys
from palabre.project.instance import prepare_django
prepare_django()
from palabre.people.sealing import seal
from palabre.people.tasks import carry
from palabre.project import doctor
if "send" in sys.argv:
    message = {"subject": "Une échelle", "body": "À midi.\\n", "to": ["fatou@exemple.example"]}
    carry(sealed=seal(json.dumps(message), "mail"))
print(json.dumps([[finding.state, finding.sentence] for finding in doctor.of_mail()]))
"""


class Kept:
    """What a server was handed."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):
        encrypted = server.transport.get_extra_info("ssl_object") is not None
        self.letters.append((encrypted, session.authenticated, envelope))
        return "250 kept"


def _lets_in(_server, _session, _envelope, _mechanism, data):
    return AuthResult(success=(data.login, data.password) == (b"palabre", b"une cle"), handled=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """The file of a certificate of our own making, for 127.0.0.1, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    chain = tmp_path_factory.mktemp("mail") / "chain.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    chain.write_bytes(private + signed.public_bytes(Encoding.PEM))
    return chain


@contextmanager
def mail_server(certificate, tls):
    """A mail server on loopback that wants TLS as told ("start", "1", "0" for none), a name and a password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    ways = {
        "start": {"tls_context": context, "require_starttls": True, "auth_required": True},
        "1": {"ssl_context": context, "auth_required": True, "auth_require_tls": False},  # it has that from the start
        "0": {},
    }[tls]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(Kept(), "127.0.0.1", port, authenticator=_lets_in, **ways)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def told(tmp_path, server, *asked, trusted=None, **given):
    """What a process of these settings says: (state, sentence) of the doctor's findings."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PALABRE_", "DATABASE_URL"))}
    ours |= {
        "PALABRE_DATA": str(tmp_path / "data"),
        "PALABRE_MAIL_HOST": "127.0.0.1",
        "PALABRE_MAIL_PORT": str(server.port),
        "PALABRE_MAIL_USER": "palabre",
        "PALABRE_MAIL_PASSWORD": "une cle",
    }
    ours |= {f"PALABRE_MAIL_{name.upper()}": value for name, value in given.items()}
    ours |= {"SSL_CERT_FILE": str(trusted)} if trusted else {}
    (tmp_path / "data").mkdir(mode=0o700, exist_ok=True)
    run = subprocess.run([sys.executable, "-c", CARRYING, *asked], env=ours, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return [tuple(finding) for finding in json.loads(run.stdout)]


@pytest.mark.parametrize("tls", ["start", "1"])
def test_mail_goes_out_encrypted_with_name_and_password(tmp_path, certificate, tls):
    with mail_server(certificate, tls) as server:
        assert told(tmp_path, server, "send", tls=tls, trusted=certificate) == [
            ("good", f"127.0.0.1:{server.port} lets us in")
        ]
        [(encrypted, authenticated, envelope)] = server.handler.letters
    assert encrypted and authenticated
    assert envelope.rcpt_tos == ["fatou@exemple.example"] and b"=?utf-8?" in envelope.content


@pytest.mark.parametrize("tls", ["start", "1"])
def test_a_wrong_password_is_said_in_one_sentence_that_does_not_show_it(tmp_path, certificate, tls):
    with mail_server(certificate, tls) as server:
        [(state, sentence)] = told(tmp_path, server, tls=tls, trusted=certificate, password="s3cret")
    assert state == "bad"
    assert sentence == (
        f"127.0.0.1:{server.port} does not let us in: it refuses PALABRE_MAIL_USER and PALABRE_MAIL_PASSWORD (535)"
    )


@pytest.mark.parametrize("tls", ["start", "1"])
def test_a_certificate_that_nobody_trusts_is_not_trusted(tmp_path, certificate, tls):
    with mail_server(certificate, tls) as server:
        [(state, sentence)] = told(tmp_path, server, tls=tls)
        assert not server.handler.letters
    assert state == "bad" and "certificate is not to be trusted" in sentence and "SSL_CERT_FILE" in sentence


@pytest.mark.parametrize(
    ("speaks", "tls", "hint"),
    [
        ("0", "start", "it offers no STARTTLS"),
        ("0", "1", "it does not speak TLS from the first byte"),
        ("start", "0", "it takes no name and password here"),
    ],
)
def test_a_server_that_speaks_otherwise_is_said_in_one_sentence(tmp_path, certificate, speaks, tls, hint):
    with mail_server(certificate, speaks) as server:
        [(state, sentence)] = told(tmp_path, server, tls=tls, trusted=certificate)
    assert state == "bad" and hint in sentence and "\n" not in sentence


@pytest.mark.parametrize(("password", "said"), [("", "set both"), ("clé", "ASCII")])
def test_a_password_that_cannot_be_told_is_said(tmp_path, certificate, password, said):
    with mail_server(certificate, "start") as server:
        [(state, sentence)] = told(tmp_path, server, tls="start", password=password)
    assert state == "bad" and said in sentence and "clé" not in sentence
    assert re.search("PALABRE_MAIL_USER and PALABRE_MAIL_PASSWORD", sentence)
