"""An idea of Awa's in the house, another that says the same, and a campaign."""

from datetime import timedelta

import pytest

from palabre.authoring.writing import publish
from palabre.ideas.agenda import today


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


@pytest.fixture
def campaign(world, space, hear):
    """Of Marc's, sponsored by Léa, open for ten days."""
    item = publish("campaign", space, world.marc, "Attendre moins", "Que faire de l’attente ?")
    item.campaign.item = item
    item.campaign.plan(today(), today() + timedelta(days=10), "everybody", [], world.lea, world.marc)
    return item.campaign
