"""Two offers: one that everybody of the house reads, one of the board alone."""

import pytest

from palabre.authoring.writing import publish
from palabre.offers.models import Standing


@pytest.fixture
def space(world):
    return world.spaces["produit"]


@pytest.fixture
def offer(world, space):
    item = publish(
        "offer", space, world.lea, "Fibre 500", "Cinq cents mégabits, montée comprise.", standing=Standing.OFFERED
    )
    item.offer.item = item
    return item.offer


@pytest.fixture
def secret(world):
    item = publish("offer", world.spaces["direction"], world.nadia, "Fibre rachetée", "Rien n’est signé.")
    item.offer.item = item
    return item.offer


@pytest.fixture
def idea(world):
    return publish("idea", world.spaces["maison"], world.awa, "Une boîte plus petite", "Elle tient mal au mur.")
