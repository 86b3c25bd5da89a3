"""Devices in tests: the outside world is a push service on loopback, and jobs are done when the test says so."""

import pytest
from django.test import Client

from palabre.push.models import Device
from tests.kit.conftest import outside  # noqa: F401
from tests.push.browser import browser_at


@pytest.fixture
def subscribed(outside, settings):  # noqa: F811
    """`subscribed(person, path)` is their browser, told from now on, with `client`, in which they are signed in."""

    def subscribed(person, path="/to/it"):
        browser = browser_at(outside, path)
        browser.client = Client(headers={"user-agent": "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Firefox/140.0"})
        browser.client.force_login(person)
        assert browser.client.post("/devices/", browser.said).status_code == 201
        browser.device = Device.objects.get(endpoint=browser.endpoint)
        return browser

    return subscribed
