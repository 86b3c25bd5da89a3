"""An idea of Awa's in the house, and another that says the same."""

import pytest

from palabre.authoring.writing import publish


@pytest.fixture
def space(world):
    return world.spaces["maison"]


@pytest.fixture
def idea(world, space, hear):
    item = publish("idea", space, world.awa, "Un banc devant l’agence", "À l’ombre, pour qui attend.")
    item.idea.item = item
    return item.idea


@pytest.fixture
def other(world, space, hear):
    item = publish("idea", space, world.grace, "Somewhere to sit outside", "In the shade.")
    item.idea.item = item
    return item.idea
