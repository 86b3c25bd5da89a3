"""`docs/proxy.md` holds: what it says for nginx and Caddy is given to the real ones, and the site works behind them."""

import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPSConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from palabre.demo.cast import PASSWORD
from tests.processes.serving import GIVE_UP, serving

pytestmark = pytest.mark.processes
DOC = Path(__file__).resolve().parents[2] / "docs" / "proxy.md"
TOKEN = "a" * 32
CLIENT = "127.0.0.2"  # who asks, as against the proxy itself; all of this network is the machine
MINE = f"csrftoken={TOKEN}"
LARGE = 3_000_000  # bytes, more than nginx takes by itself


def told(name):
    """What the document says for one of them."""
    return re.search(rf"^## {name}$.*?^```\n(.*?)^```$", DOC.read_text(), re.MULTILINE | re.DOTALL)[1]


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def certificate(folder):
    """A certificate of our own making for localhost, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "site.pem").write_bytes(signed.public_bytes(Encoding.PEM))
    (folder / "site.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def nginx(folder, port, plain, palabre):
    """The command that runs nginx in the foreground with what the document says."""
    said = (
        told("nginx").replace("/etc/ssl/palabre.example", str(folder / "site")).replace("palabre.example", "localhost")
    )
    said = said.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl").replace(
        "listen 80", f"listen 127.0.0.1:{plain}"
    )
    spools = "".join(f"{name}_temp_path {folder};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    whole = (
        f"daemon off; pid {folder}/pid; error_log stderr; user root;\nevents {{}}\nhttp {{ access_log off;\n{spools}"
    )
    (folder / "nginx.conf").write_text(whole + ported(said, palabre) + "}")
    return ["nginx", "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(folder, port, plain, palabre):
    """The command that runs Caddy with what the document says; certificates it would fetch are our own here."""
    said = told("Caddy").replace(
        "palabre.example {", f"https://localhost:{port} {{\n  tls {folder}/site.pem {folder}/site.key", 1
    )
    whole = (
        f"{{\n  admin off\n  http_port {plain}\n  https_port {port}\n  skip_install_trust\n}}\n{ported(said, palabre)}"
    )
    (folder / "Caddyfile").write_text(whole)
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def ported(said, palabre):
    """Our ports in the place of those of the document."""
    assert "127.0.0.1:8000" in said and "127.0.0.1:8001" in said
    return said.replace("127.0.0.1:8001", f"127.0.0.1:{palabre.port + 1}").replace(
        "127.0.0.1:8000", f"127.0.0.1:{palabre.port}"
    )


class Site:
    """The site as a browser finds it through the proxy."""

    def __init__(self, folder, port):
        self.port, self.address = port, f"https://localhost:{port}"
        self.trust = ssl.create_default_context(cafile=folder / "site.pem")

    def line(self):
        return HTTPSConnection("localhost", self.port, timeout=GIVE_UP, source_address=(CLIENT, 0), context=self.trust)

    def ask(self, method, path, cookies="", body=None, **headers):
        """The answer and its text."""
        line = self.line()
        sent = {"Cookie": f"{MINE}; {cookies}", "Origin": self.address, "Referer": self.address + "/"}
        line.request(method, path, body, sent | {name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        return answer, answer.read().decode("utf-8", "replace")

    def post(self, path, cookies="", **form):
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", path, cookies, urlencode({"csrfmiddlewaretoken": TOKEN} | form), Content_Type=kind)


@contextmanager
def behind(made, tmp_path, proxy):
    """Palabre behind one of the two: the site, its plain port, and Palabre itself."""
    if shutil.which(proxy.__name__) is None:
        pytest.skip(f"{proxy.__name__} is not installed")
    certificate(tmp_path)
    port, plain = free_port(), free_port()
    site = Site(tmp_path, port)
    settings = {
        "PALABRE_ADDRESS": site.address,
        "PALABRE_LIVE_ADDRESS": f"{site.address}/live",
        "PALABRE_PROXIES": "127.0.0.1",
    }
    with serving(made, **settings) as palabre:
        homes = {"HOME": str(tmp_path), "PATH": "/usr/sbin:/usr/bin:/bin"}
        with (tmp_path / "log").open("w") as log:
            process = subprocess.Popen(proxy(tmp_path, port, plain, palabre), env=homes, stdout=log, stderr=log)
        try:
            until = time.monotonic() + GIVE_UP
            while process.poll() is None and time.monotonic() < until:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.1)
            assert process.poll() is None, (tmp_path / "log").read_text()
            yield site, plain, palabre
        finally:
            process.terminate()
            process.wait(GIVE_UP)


def hear(answer, name):
    """Waits for a piece of news of that name on an open line."""
    for line in answer:
        if line.decode().strip() == f"event: {name}":
            return
    raise AssertionError(f"the line ended without {name}")


@pytest.mark.parametrize("proxy", [nginx, caddy])
def test_the_site_works_behind_a_proxy_as_documented(made, tmp_path, proxy):
    with behind(made, tmp_path, proxy) as (site, plain, palabre):
        scene = palabre.scene()
        session, item = f"sessionid={scene['session']}", scene["items"][1]

        # pages, and the scheme: cookies are for encrypted lines only, links begin with the address of the house
        answer, text = site.ask("GET", "/")
        assert answer.status == 200 and site.address in text and "http://" + site.address[8:] not in text
        line = HTTPConnection("localhost", plain, timeout=GIVE_UP)
        line.request("GET", "/guide/", headers={"Host": f"localhost:{plain}"})
        led = line.getresponse()
        assert led.status in (301, 302, 307, 308) and led.getheader("Location", "").startswith("https://localhost")

        # who asks: the browser's own address, whatever it says of itself
        signed, _ = site.post("/account/login/", login="coumba@teranga.example", password=PASSWORD)
        assert signed.status == 302
        cookies = SimpleCookie("; ".join(signed.headers.get_all("Set-Cookie")))
        assert cookies["sessionid"]["secure"]
        mine = f"sessionid={cookies['sessionid'].value}"
        _, said = site.ask("GET", "/account/sessions/", mine, X_Forwarded_For="203.0.113.9")
        assert CLIENT in said and "203.0.113.9" not in said

        # a large file goes in and out by the live process
        form = (
            f'--b\r\nContent-Disposition: form-data; name="file"; filename="gros.txt"\r\n\r\n{"x" * LARGE}\r\n--b--\r\n'
        )
        kind = "multipart/form-data; boundary=b"
        given, said = site.ask(
            "POST", f"/live/items/{item}/files/", session, form, Content_Type=kind, X_CSRFToken=TOKEN
        )
        assert given.status < 400, (given.status, said)
        led, _ = site.ask("GET", scene["large"], session)
        assert led.getheader("Location", "").startswith(f"{site.address}/live/"), led.getheader("Location")
        taken, text = site.ask("GET", urlsplit(led.getheader("Location")).path, session)
        assert taken.status == 200 and len(text.encode()) == scene["size"]

        # news arrive at once, on a line that stays open
        page = site.line()
        page.request("GET", f"/live/news/?item={item}&language=fr", headers={"Cookie": f"sessionid={scene['reader']}"})
        news = page.getresponse()
        assert news.status == 200
        hear(news, "inbox")
        said = threading.Thread(
            target=site.post, args=(f"/items/{item}/comments/", session), kwargs={"body": "Bonjour."}
        )
        before = time.monotonic()
        said.start()
        hear(news, "item")
        assert time.monotonic() - before < 10
        said.join(GIVE_UP)
        page.close()
