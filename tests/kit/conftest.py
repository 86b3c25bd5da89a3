"""The outside world, allowed by name as an operator would allow a server of the house."""

import pytest

from tests.kit.outside import outside_server


@pytest.fixture
def outside(settings):
    with outside_server() as server:
        settings.PALABRE_OUTBOUND_ALLOW = [server.host]
        yield server
