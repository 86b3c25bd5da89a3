"""The log: no address that opens something, and one line for what somebody may not do."""

import logging

import pytest

KEYS = (
    "invitation/{}/",
    "feeds/private/{}.atom",
    "mail/stop/{}/",
    "account/address/{}/",
    "account/password/reset/key/{}/",
)


@pytest.mark.parametrize("address", KEYS)
def test_no_key_of_an_address_is_told(caplog, address):
    said = f"/{address.format('q7Wm2-secret')}"
    logging.getLogger("django.request").warning("Method Not Allowed (%s): %s", "PUT", said)
    assert said.partition("q7Wm2")[0] in caplog.text and "q7Wm2-secret" not in caplog.text


def test_who_may_not_do_something_is_one_line(world, sign_in, caplog):
    assert sign_in(world.awa).get("/spaces/reseau/settings/").status_code == 403
    [record] = caplog.records
    assert "/spaces/reseau/settings/" in record.getMessage() and record.exc_info is None
