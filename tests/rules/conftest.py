"""A rule in force in the house, for which Grace answers, and one that is only proposed."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from palabre.authoring.writing import publish


@pytest.fixture
def day():
    return localdate() + timedelta(days=90)


@pytest.fixture
def proposed(world):
    item = publish("rule", world.spaces["maison"], world.lea, "Deux signatures au-delà de 50 000 F", "Toute dépense.")
    item.rule.item = item
    return item.rule


@pytest.fixture
def rule(world, day):
    item = publish("rule", world.spaces["maison"], world.lea, "Aucune mise en ligne le jeudi", "Ni le vendredi.")
    item.rule.item = item
    item.rule.hold("Le vendredi, personne ne répare.", world.grace, day, world.marc)
    return item.rule
