"""An idea of Awa's in the house, and a commitment of Marc's to which it leads, carried by Idrissa."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from palabre.authoring.writing import publish
from palabre.commitments.models import made


@pytest.fixture
def space(world):
    return world.spaces["maison"]


@pytest.fixture
def idea(world, space, hear):
    return publish("idea", space, world.awa, "Un banc devant l’agence", "À l’ombre, pour qui attend.")


@pytest.fixture
def commit(world, space, idea):
    """`commit(title, days=10)`: one more, of Marc, carried by Idrissa."""

    def commit(title="Poser le banc de Thiès", days=10, source=idea, where=space, carrier=world.idrissa):
        due = localdate() + timedelta(days=days)
        item = publish("commitment", where, world.marc, title, "Avec l’équipe.", carrier=carrier, due=due)
        return made(item, world.marc, source)

    return commit


@pytest.fixture
def commitment(commit, hear):
    found = commit()
    hear()
    return found
