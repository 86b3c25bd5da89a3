"""What the environment says is taken, or refused in one sentence that names it."""

import re
from ipaddress import ip_network

import pytest
from django.conf import settings

from palabre.project.doctor import known_settings
from palabre.project.environment import choice, networks, number, numbers
from palabre.project.trouble import Trouble


@pytest.mark.parametrize("given", ["80a", "65535", "0", "-1", "8 000", "9" * 5000])
def test_a_number_that_is_none_is_refused_in_a_sentence(monkeypatch, given):
    monkeypatch.setenv("PORT", given)
    with pytest.raises(Trouble, match=r"^PORT must be a number from 1 to 65534, not \S.*\.$"):
        number("PORT", 8000, 1, 65534)


def test_a_number_is_taken_and_nothing_is_the_default(monkeypatch):
    monkeypatch.setenv("PORT", "8080")
    assert number("PORT", 8000, 1, 65534) == 8080
    monkeypatch.setenv("PORT", "")
    assert number("PORT", 8000, 1, 65534) == 8000


def test_lists_are_read_between_commas(monkeypatch):
    monkeypatch.setenv("PALABRE_OUTBOUND_PORTS", "8080, 8443,")
    monkeypatch.setenv("PALABRE_PROXIES", "127.0.0.1, 10.1.0.0/16")
    assert numbers("PALABRE_OUTBOUND_PORTS", 1, 65535) == [8080, 8443]
    assert networks("PALABRE_PROXIES") == [ip_network("127.0.0.1/32"), ip_network("10.1.0.0/16")]
    monkeypatch.setenv("PALABRE_PROXIES", "proxy.example")
    with pytest.raises(Trouble, match="PALABRE_PROXIES must be addresses"):
        networks("PALABRE_PROXIES")


def test_every_setting_is_documented_and_nothing_else():
    rows = re.findall(r"^\| (`.*?) \|", (settings.BASE / "docs/settings.md").read_text(), re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == known_settings()


@pytest.mark.parametrize("given", ["yes", "starttls", "TLS"])
def test_a_word_that_is_none_of_those_is_refused_and_never_taken_for_no(monkeypatch, given):
    monkeypatch.setenv("PALABRE_MAIL_TLS", given)
    with pytest.raises(Trouble, match=rf"^PALABRE_MAIL_TLS must be one of 0, 1, start, not {given}\.$"):
        choice("PALABRE_MAIL_TLS", "0", "1", "start")
    for said, meant in (("start", "start"), ("", "0")):
        monkeypatch.setenv("PALABRE_MAIL_TLS", said)
        assert choice("PALABRE_MAIL_TLS", "0", "1", "start") == meant
