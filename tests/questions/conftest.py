"""A question of Awa's in the house, with two answers."""

import pytest

from palabre.authoring.writing import publish


@pytest.fixture
def space(world):
    return world.spaces["maison"]


@pytest.fixture
def question(world, space, hear):
    item = publish("question", space, world.awa, "Comment lire un plan ?", "Sans réseau, sur un chantier.")
    item.question.item = item
    return item.question


@pytest.fixture
def answers(world, question, hear):
    return [question.answer(world.lea, "Avec une copie papier."), question.answer(world.marc, "Avec la tablette.")]
