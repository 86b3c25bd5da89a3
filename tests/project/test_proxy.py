"""Behind a proxy, pages know that the line is encrypted and who asks, and nobody can make them believe otherwise."""

from ipaddress import ip_network
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache

from palabre.kit import live
from palabre.project.proxy import client as asks
from palabre.project.signing_in import openid_connect
from tests.people.provider import environment, provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def behind(settings):
    """An instance behind two proxies."""
    settings.ADDRESS, settings.LIVE_ADDRESS = "https://palabre.example", "https://palabre.example/live"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "palabre.example"]
    settings.CSRF_TRUSTED_ORIGINS = [settings.ADDRESS]
    settings.PALABRE_PROXIES = [ip_network("127.0.0.1"), ip_network("10.0.0.0/8")]


@pytest.mark.parametrize(
    ("asked_by", "forwarded", "who"),
    [
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "6.6.6.6, 192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "6.6.6.6, 192.0.2.7, 10.0.0.3", "192.0.2.7"),
        ("::ffff:127.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("192.0.2.7", "6.6.6.6", "192.0.2.7"),
        ("127.0.0.1", "6.6.6.6, nobody", "127.0.0.1"),
    ],
)
def test_who_asks_is_the_last_address_that_is_no_proxy_of_ours(behind, asked_by, forwarded, who):
    assert asks(asked_by, forwarded) == who


def test_the_configured_address_says_that_the_line_is_encrypted(behind, client):
    request = client.get("/", headers={"host": "palabre.example"}).wsgi_request
    assert request.build_absolute_uri("/") == "https://palabre.example/"
    assert live.address(request) == "https://palabre.example/live"
    plain = client.get("/", headers={"X-Forwarded-Proto": "http"}).wsgi_request
    assert plain.is_secure()


def test_no_header_makes_an_open_line_an_encrypted_one(client):
    forged = {"X-Forwarded-Proto": "https", "Forwarded": "proto=https", "X-Forwarded-For": "6.6.6.6"}
    request = client.get("/", headers=forged).wsgi_request
    assert not request.is_secure()
    assert request.META["REMOTE_ADDR"] == "127.0.0.1"


def test_the_company_s_sign_in_leads_back_to_https(behind, client, settings):
    with provider({"sub": "42"}) as company:
        settings.SOCIALACCOUNT_PROVIDERS = openid_connect(environment(company.issuer))
        between = client.post("/account/oidc/company/login/?process=login", headers={"host": "palabre.example"})
        asked = parse_qs(urlsplit(between.context["there"]).query)
    assert asked["redirect_uri"] == ["https://palabre.example/account/oidc/company/login/callback/"]


def test_wrong_passwords_of_one_keep_only_that_one_out(behind, client, world):
    cache.clear()

    def is_kept_out(address, attempt):
        headers = {"host": "palabre.example", "X-Forwarded-For": address}
        form = {"login": f"guess{attempt}@teranga.example", "password": "wrong"}
        return "Too many failed" in client.post("/account/login/", form, headers=headers).content.decode()

    assert [is_kept_out("192.0.2.7", attempt) for attempt in range(11)] == [False] * 10 + [True]
    assert not is_kept_out("192.0.2.8", 11)
