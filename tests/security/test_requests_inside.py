"""Rows 9, 10 and 11: requests that people make the server send inside (SSRF), by whatever way they name an address."""

import ast
from pathlib import Path

import pytest

import palabre
from palabre.authoring.files.extraction import DOCX, words
from palabre.bookmarks import fetching
from palabre.bookmarks.keeping import keep
from palabre.kit.confinement import Failure
from palabre.kit.images import redrawn
from palabre.kit.outbound import Refused, fetch
from tests.authoring.files import hostile

INSIDE = (
    "http://127.0.0.1:{port}/secret",
    "http://localhost:{port}/secret",
    "http://[::1]:{port}/secret",
    "http://0.0.0.0:{port}/secret",
    "http://2130706433:{port}/secret",
    "http://0x7f000001:{port}/secret",
    "http://0177.0.0.1:{port}/secret",
    "http://127.1:{port}/secret",
    "http://[::ffff:127.0.0.1]:{port}/secret",
    "http://[64:ff9b::7f00:1]:{port}/secret",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://metadata.google.internal/",
)


@pytest.mark.parametrize("address", INSIDE)
def test_no_spelling_of_an_inside_address_is_reached(inside_service, address):
    with pytest.raises(Refused):
        fetch(address.format(port=inside_service.server.server_port))
    assert inside_service.heard == []


@pytest.mark.parametrize("address", INSIDE[:4])
def test_a_bookmark_of_an_inside_address_brings_nothing_back(inside_service, world, address):
    item, _new = keep(world.spaces["reseau"], world.coumba, address.format(port=inside_service.server.server_port))
    fetching.read(item.bookmark)
    item.bookmark.refresh_from_db()
    assert item.bookmark.status == "failed" and item.bookmark.text == ""
    assert inside_service.heard == []


def test_nothing_but_the_one_door_can_go_outside():
    """Every fetch goes by `kit.outbound`: no module imports another client, nor opens a connection of its own."""
    clients = {"requests", "urllib3", "aiohttp", "http.client", "urllib.request", "smtplib", "httpx", "httpcore"}
    clients |= {"palabre.kit.connecting"}
    root = Path(palabre.__path__[0])
    found = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            modules = {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
            modules |= {node.module or ""} if isinstance(node, ast.ImportFrom) else set()
            if clients & modules:
                found.add(path.relative_to(root).as_posix())
    # The two of the kit are the door; the one of the project asks our own processes whether they are well.
    assert found == {"kit/connecting.py", "kit/outbound.py", "project/answering.py"}


def test_what_reads_files_reaches_neither_network_nor_disk(inside_service, tmp_path):
    """Row 11: a document that names files or addresses is read without them (CVE-2023-6199)."""
    address = inside_service.address("/secret")
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret of the house")
    entity = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{address}"><!ENTITY y SYSTEM "file://{secret}">]>'
    source = tmp_path / "a.docx"
    source.write_bytes(hostile.docx("&x;&y;", before=entity))
    with source.open("rb") as file, pytest.raises(Failure):
        words(file, DOCX)
    picture = tmp_path / "a.svg"
    picture.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}"/></svg>')
    with picture.open("rb") as file, pytest.raises(Failure):
        redrawn(file)
    assert inside_service.heard == []
