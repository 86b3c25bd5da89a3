"""The door to the outside, against servers that misbehave."""

import gzip
import ssl
import time
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from palabre.kit import outbound
from palabre.kit.outbound import Limits, Refused, fetch
from tests.kit.outside import drip, endless, gzip_bomb, outside_server, redirect, send


def refusal(address, limits=None, **options):
    with pytest.raises(Refused) as refused:
        fetch(address, limits, **options)
    return refused.value.reason


def test_a_page_comes_back_with_where_it_was_found(outside):
    outside["/page"] = "<p>é</p>"
    answer = fetch(outside.address("/page#part"))
    assert (answer.status, answer.body.decode(), answer.address) == (
        200,
        "<p>é</p>",
        outside.address("/page"),
    )
    assert (answer.content_type, answer.charset, answer.ok) == ("text/html", "utf-8", True)


def test_a_missing_page_is_an_answer_too(outside):
    assert fetch(outside.address("/nowhere")).status == 404


def test_nothing_of_ours_travels_along(outside, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    outside["/a"] = lambda handler: send(handler, b"", 302, location="/b", set_cookie="who=me; Path=/")
    outside["/b"] = "b"
    fetch(outside.address("/a"))
    headers = {name.lower(): value for name, value in outside.heard[-1][2].items()}
    assert headers["user-agent"].startswith("Palabre")
    assert headers["host"] == outside.host
    assert not {"cookie", "authorization", "referer"} & set(headers)


def test_the_loopback_is_refused_unless_allowed(outside, settings):
    outside["/page"] = "secret"
    settings.PALABRE_OUTBOUND_ALLOW = []
    settings.PALABRE_OUTBOUND_PORTS = [outside.server.server_port]
    assert refusal(outside.address("/page")) == "inside"
    assert outside.heard == []


def test_every_redirection_is_judged_again(outside):
    for path, target in {
        "/inside": "http://169.254.169.254/latest/meta-data/",
        "/file": "file:///etc/passwd",
        "/port": "http://127.0.0.1:22/",
        "/login": "http://me:secret@127.0.0.1/",
    }.items():
        outside[path] = redirect(target)
    assert refusal(outside.address("/inside")) == "inside"
    assert refusal(outside.address("/file")) == "scheme"
    assert refusal(outside.address("/port")) == "port"
    assert refusal(outside.address("/login")) == "credentials"


def test_a_circle_of_redirections_ends(outside):
    outside["/round"] = redirect("/round")
    assert refusal(outside.address("/round")) == "redirects"
    assert len(outside.heard) == 6


def test_only_a_permanent_move_is_to_be_remembered(outside):
    outside["/old"] = redirect("/new", 301)
    outside["/today"] = redirect("/new", 302)
    outside["/new"] = "new"
    assert fetch(outside.address("/old")).moved == outside.address("/new")
    assert fetch(outside.address("/today")).moved is None
    outside["/older"] = redirect("/today", 308)
    assert fetch(outside.address("/older")).moved == outside.address("/today")  # as far as it is for good


def test_a_name_is_judged_and_connected_to_in_one_go(outside, monkeypatch):
    """The name answers differently each time it is asked, as in an attack by rebinding; it is asked once."""
    asked = []

    def answers(name, port, **_options):
        asked.append(name)
        return [(2, 1, 6, "", ("127.0.0.1" if len(asked) > 1 else "8.8.8.8", port))]

    connected = []

    def connect(_self, host, port, *_rest):
        connected.append(host)
        raise OSError("far away")

    monkeypatch.setattr("socket.getaddrinfo", answers)
    monkeypatch.setattr("httpcore.SyncBackend.connect_tcp", connect)
    assert refusal("http://rebinding.example/") == "network"
    assert (asked, connected) == (["rebinding.example"], ["8.8.8.8"])


def test_a_page_too_large_is_left_there(outside):
    outside["/said"] = lambda handler: send(handler, b"x" * 4096)
    outside["/endless"] = endless
    limits = Limits(size=1024)
    assert refusal(outside.address("/said"), limits) == "size"
    assert refusal(outside.address("/endless"), limits) == "size"


def test_a_bomb_is_not_unpacked(outside):
    outside["/bomb"] = gzip_bomb
    assert refusal(outside.address("/bomb"), Limits(size=1_000_000)) == "size"


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"words " * 50_000)),
        ("deflate", zlib.compress(b"words " * 50_000)),
        ("deflate", zlib.compress(b"words " * 50_000)[2:-4]),
    ],
)
def test_a_packed_page_is_unpacked_whole(outside, coding, packed):
    outside["/packed"] = lambda handler: send(handler, packed, content_encoding=coding)
    assert fetch(outside.address("/packed")).body == b"words " * 50_000


def test_a_coding_we_did_not_offer_is_refused(outside):
    outside["/brotli"] = lambda handler: send(handler, b"...", content_encoding="br")
    outside["/broken"] = lambda handler: send(handler, b"no gzip", content_encoding="gzip")
    assert refusal(outside.address("/brotli")) == "coding"
    assert refusal(outside.address("/broken")) == "coding"


def test_a_server_that_drips_does_not_hold_us(outside):
    outside["/drip"] = drip
    began = time.monotonic()
    assert refusal(outside.address("/drip"), Limits(seconds=0.4)) == "time"
    assert time.monotonic() - began < 8


def test_only_the_types_asked_for_are_read(outside):
    outside["/program"] = lambda handler: send(handler, b"MZ", content_type="application/x-msdownload")
    assert refusal(outside.address("/program")) == "type"
    assert fetch(outside.address("/program"), Limits(types=())).body == b"MZ"


def test_an_address_is_tried_without_its_body(outside):
    outside["/endless"] = endless
    answer = fetch(outside.address("/endless"), Limits(types=()), read=False)
    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://[::1", "name"),
        ("http://", "name"),
        ("https://user:password@example.org/", "credentials"),
        ("javascript:alert(1)", "scheme"),
        ("//example.org/", "scheme"),
        ("http://10.0.0.1/\r\nX-Injected: yes", "name"),
        ("http://no-such-name.invalid/", "name"),
    ],
)
def test_an_address_that_is_none_is_refused_in_words(settings, address, reason):
    settings.PALABRE_OUTBOUND_ALLOW = []
    assert refusal(address) == reason


@pytest.fixture
def secured(tmp_path):
    """A server of pinned.example with a certificate of its own authority, and the names it was asked for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "pinned.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("pinned.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    chain = tmp_path / "chain.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    chain.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    asked = []
    context.sni_callback = lambda _socket, server_name, _context: asked.append(server_name)
    with outside_server() as server:
        server.server.socket = context.wrap_socket(server.server.socket, server_side=True)
        server["/"] = "secured"
        yield server, chain, asked


def test_a_pinned_connection_keeps_the_name_for_tls_and_host(secured, settings, monkeypatch):
    server, chain, asked = secured
    port = server.server.server_port
    settings.PALABRE_OUTBOUND_ALLOW = [f"pinned.example:{port}", f"other.example:{port}"]
    monkeypatch.setattr(
        "socket.getaddrinfo", lambda _name, port, *_rest, **_options: [(2, 1, 6, "", ("127.0.0.1", port))]
    )
    assert refusal(f"https://pinned.example:{port}/") == "network", "nobody vouches for this certificate"
    monkeypatch.setattr(outbound, "trust", lambda: ssl.create_default_context(cafile=str(chain)))
    assert fetch(f"https://pinned.example:{port}/").body == b"secured"
    assert server.heard[-1][2]["Host"] == f"pinned.example:{port}"
    assert refusal(f"https://other.example:{port}/") == "network", "it is another's certificate"
    assert asked == ["pinned.example", "pinned.example", "other.example"]
