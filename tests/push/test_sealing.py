"""Messages are sealed and signed as the standards say, byte by byte."""

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st
from py_vapid import Vapid02, jwt

from palabre.project.keys import push_key, secret_key
from palabre.push import sealing
from palabre.push.message import Message
from palabre.push.subscription import Subscription, raw
from tests.push.browser import Browser

# RFC 8291, appendix A
SAID = b"When I grow up, I want to be a watermelon"
HOUSE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
BROWSER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
    "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def private(number: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(raw(number)), ec.SECP256R1())


def test_the_example_of_rfc_8291_is_sealed_to_the_byte():
    to = Subscription("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV", BROWSER, AUTH)
    assert sealing.seal(SAID, to, key=private(HOUSE), salt=raw(SALT)) == raw(SEALED)


def test_the_example_of_rfc_8188_is_opened():
    sealed = raw("I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg")
    assert http_ece.decrypt(sealed, key=raw("yqdlZ-tYemfogSmv7Ws5PQ")) == b"I am the walrus"


def test_the_example_of_rfc_8292_is_signed_by_its_key():
    token = (
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1"
        "YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNj"
        "jvW2L9OkSSHzvoD1oA"
    )
    key = "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"
    claims = {"aud": "https://push.example.net", "exp": 1453523768, "sub": "mailto:push@example.com"}
    assert jwt.decode(token, key) == claims


@pytest.mark.parametrize(
    ("address", "sender", "contact"),
    [
        ("https://palabre.example:8443", "x@example.org", "https://palabre.example"),
        ("http://127.0.0.1:8000", "La maison <maison@example.org>", "mailto:maison@example.org"),
    ],
)
def test_a_message_is_signed_for_its_service_with_the_house_as_contact(settings, address, sender, contact):
    settings.ADDRESS, settings.DEFAULT_FROM_EMAIL = address, sender
    header = sealing.signature(Subscription("https://push.example.net/abc", BROWSER, AUTH))
    assert Vapid02.verify(header)
    token, key = (part.split("=", 1)[1] for part in header.removeprefix("vapid ").split(","))
    claims = jwt.decode(token, key)
    assert (claims["aud"], claims["sub"], key) == ("https://push.example.net", contact, sealing.public_key())


@given(st.text(max_size=400), st.text(max_size=6000))
def test_any_message_fits_and_its_browser_opens_it(title, words):
    browser = Browser("https://push.example.net/abc")
    to = Subscription(**browser.said)
    message = Message(title, words, "/pages/1-x/", "item-1", 1, 100)
    sealed = sealing.seal(message.text(), to)
    assert len(sealed) <= 4096
    browser.got.append(({}, sealed))
    opened = browser.opened()[0]
    assert opened["title"] == title
    assert words.startswith(opened["words"])


def test_what_does_not_fit_is_not_sealed():
    with pytest.raises(sealing.TooLong):
        sealing.seal(b"x" * (sealing.LARGEST + 1), Subscription("https://push.example.net/", BROWSER, AUTH))


def test_the_keys_are_made_once_and_are_their_owners_only(tmp_path):
    first = push_key(tmp_path)
    assert (push_key(tmp_path), len(raw(first))) == (first, 32)
    assert private(first)
    assert secret_key(tmp_path) == secret_key(tmp_path) != first
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
