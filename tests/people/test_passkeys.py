"""Passkeys are offered where a browser can make them, and elsewhere one is told where that is."""

import pytest
from django.test import Client

from palabre.demo.cast import PASSWORD

pytestmark = pytest.mark.django_db
ADDING = "/account/2fa/webauthn/add/"
PAGES = ["/account/2fa/", "/account/2fa/webauthn/", ADDING]


def signed_in(person, host):
    client = Client(headers={"Host": host})
    answer = client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert answer.status_code == 302
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.mark.parametrize("host", ["localhost:8123", "palabre.example"])
def test_at_a_name_one_can_be_made(world, settings, host):
    settings.ALLOWED_HOSTS = ["*"]
    client = signed_in(world.awa, host)
    assert ADDING in client.get("/account/2fa/").text
    assert "<passkey-button" in client.get(ADDING).text


@pytest.mark.parametrize("page", PAGES)
def test_at_a_loopback_number_the_same_page_is_linked_at_localhost(world, page):
    told = signed_in(world.awa, "127.0.0.1:8123").get(page).text
    assert f'href="http://localhost:8123{page}"' in told
    assert f'href="{ADDING}"' not in told and "<passkey-button" not in told


@pytest.mark.parametrize("page", PAGES)
def test_at_another_number_the_instance_needs_a_name(world, settings, page):
    settings.ALLOWED_HOSTS = ["*"]
    told = signed_in(world.awa, "10.1.2.3:8123").get(page).text
    assert "PALABRE_ADDRESS" in told and "localhost" not in told
    assert f'href="{ADDING}"' not in told and "<passkey-button" not in told


def test_the_sign_in_page_offers_no_passkey_at_a_number(sign_in):
    told = sign_in(None).get("/account/login/?next=/people/", headers={"Host": "127.0.0.1:8123"}).text
    assert 'href="http://localhost:8123/account/login/?next=/people/"' in told
    assert "<passkey-button" not in told
    assert "<passkey-button" in sign_in(None).get("/account/login/", headers={"Host": "localhost"}).text


def test_the_sign_in_at_localhost_takes_a_form_of_its_own_page(world):
    browser = Client(enforce_csrf_checks=True, headers={"Host": "localhost:8123"})
    token = browser.get("/account/login/").context["csrf_token"]
    given = {"login": world.awa.email, "password": PASSWORD, "csrfmiddlewaretoken": str(token)}
    answer = browser.post("/account/login/", given, headers={"Origin": "http://localhost:8123"})
    assert answer.status_code == 302
    assert browser.get("/people/").status_code == 200
