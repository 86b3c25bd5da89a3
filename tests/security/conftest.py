"""What the security rows of files and of the outside stand on."""

import pytest

from palabre.authoring.writing import publish
from tests.kit.outside import outside_server


@pytest.fixture
def page(world, storage):
    """A page of the team's space."""
    return publish("page", world.spaces["reseau"], world.coumba, "Plan de la tranchée", "Un texte.\n")


@pytest.fixture
def inside_service(settings):
    """A service of the house on the loopback, which no address that people name may reach."""
    with outside_server() as server:
        server["/secret"] = "the secret of the house"
        settings.PALABRE_OUTBOUND_PORTS = [server.server.server_port]
        yield server
