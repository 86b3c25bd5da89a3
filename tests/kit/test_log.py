"""The log: no address that opens something, and one line for what somebody may not do."""

import io
import logging

import pytest
from django.test import Client

KEY = "q7Wm2-secret"
ADDRESSES = (
    "/invitation/{}/",
    "/feeds/private/{}.atom",
    "/mail/stop/{}/",
    "/consultations/silence/{}/",
    "/account/address/{}/",
    "/account/password/reset/key/{}/",
)


@pytest.fixture
def log(monkeypatch):
    """What the house writes into its log."""
    [console] = [each for each in logging.getLogger().handlers if each.get_name() == "console"]
    written = io.StringIO()
    monkeypatch.setattr(console, "stream", written)
    return written


@pytest.mark.parametrize("logger", ["django.request", "django.security.csrf", "palabre.kit"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_key_of_an_address_is_told(log, address, logger):
    logging.getLogger(logger).warning("Method Not Allowed (%s): %s", "PUT", address.format(KEY))
    assert address.partition("{")[0] in log.getvalue() and KEY not in log.getvalue()


@pytest.mark.parametrize("address", ["/feeds/private/{}.atom", "/invitation/{}/"])
def test_nor_by_a_request_that_is_refused(log, world, address):
    stranger = Client(enforce_csrf_checks=True)
    assert {stranger.get(address.format(KEY)).status_code, stranger.post(address.format(KEY)).status_code} == {403, 404}
    assert log.getvalue().count("Forbidden (CSRF") == log.getvalue().count("Not Found") == 1
    assert KEY not in log.getvalue()


def test_who_may_not_do_something_is_one_line(log, world, sign_in):
    assert sign_in(world.awa).get("/spaces/reseau/settings/").status_code == 403
    [line] = log.getvalue().splitlines()
    assert "/spaces/reseau/settings/" in line
