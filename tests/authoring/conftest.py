"""A page to work on, written by a contributor of the network team."""

import pytest

from palabre.authoring.writing import publish


@pytest.fixture
def page(world):
    body = "Le délai est de 21 jours. On appelle le client. On part à midi.\n"
    return publish("page", world.spaces["reseau"], world.coumba, "Raccorder un client", body)
