"""The pages about signing in speak as the rest of the house: no stock wording, French typeset as French."""

import re

import pytest
from allauth.mfa.models import Authenticator

from palabre.demo.cast import PASSWORD
from palabre.people.sealing import seal

pytestmark = pytest.mark.django_db
PAGES = [
    "/account/reauthenticate/",
    "/account/password/change/",
    "/account/2fa/totp/activate/",
    "/account/2fa/reauthenticate/",
    "/account/3rdparty/",
    "/account/2fa/",
    "/account/2fa/webauthn/",
    "/account/2fa/recovery-codes/",
    "/account/sessions/",
    "/account/2fa/webauthn/keys/{key}/remove/",
    "/account/2fa/webauthn/keys/{key}/edit/",
    "/account/2fa/recovery-codes/generate/",
    "/account/2fa/totp/deactivate/",
]
STOCK = re.compile(
    "réauthentifier|compte social|compte tiers|third-party|Courriel|courriel|Authenticator|authentificateur|"
    "Security Key|clé de sécurité|Current Password|New Password|Confirm Access|reauthenticate to"
)


@pytest.fixture
def key(world):
    Authenticator.objects.create(user=world.awa, type="totp", data={"secret": seal("x", "mfa")})
    Authenticator.objects.create(user=world.awa, type="recovery_codes", data={"seed": seal("x", "mfa"), "used_mask": 0})
    return Authenticator.objects.create(user=world.awa, type="webauthn", data={"name": "Ma clé", "credential": {}})


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_stock_wording_is_left(world, sign_in, key, page, language):
    if "activate" in page and "deactivate" not in page:
        Authenticator.objects.filter(type="totp").delete()
    type(world.awa).objects.filter(pk=world.awa.pk).update(language=language)
    client = sign_in(None)
    client.force_login(world.awa)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    answer = client.get(page.format(key=key.pk))
    assert answer.status_code == 200
    main = re.search(r"<main.*?</main>", answer.text, re.DOTALL)[0]
    words = re.sub(r"<[^>]*>", " ", main)
    assert not STOCK.search(words), STOCK.search(words)
    if language == "fr":
        assert not re.search(r"\w'\w|&#x27;", words), words


@pytest.mark.parametrize("path", ["email/", "confirm-email/", "confirm-email/abc:def/"])
def test_nobody_gives_themselves_another_address(world, sign_in, path):
    client = sign_in(world.awa)
    assert client.get(f"/account/{path}").status_code == 404
    assert client.post(f"/account/{path}", {"action_add": "", "email": "other@exemple.example"}).status_code == 404
