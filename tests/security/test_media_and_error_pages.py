"""Row 7: script through a media proxy or an error page (CVE-2023-27592, Miniflux)."""

import pytest
from django.test import RequestFactory

from palabre.kit.errors import failed

EVIL = '"><script>alert(1)</script>'


def test_no_error_page_says_back_what_was_asked_unescaped(sign_in, world):
    for client in (sign_in(None), sign_in(world.awa)):
        for address in (f"/{EVIL}", f"/files/1/{EVIL}", f"/search/?q={EVIL}", f"/bookmarks/new/?address={EVIL}"):
            response = client.get(address)
            assert "<script>alert" not in response.content.decode()
            assert "script-src 'self' 'nonce-" in response["Content-Security-Policy"]


def test_the_page_of_a_failure_may_load_nothing():
    assert "default-src 'none'" in failed(RequestFactory().get("/"))["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/proxy/", "/media/", "/files/proxy/"])
def test_nothing_here_fetches_for_a_browser(sign_in, world, address):
    """Pictures from outside are not shown, so that no door of ours carries foreign bytes."""
    assert sign_in(world.awa).get(address, {"url": "https://example.org/a.png"}).status_code == 404
    policy = sign_in(world.awa).get("/")["Content-Security-Policy"]
    assert "img-src 'self' data: blob:" in policy
