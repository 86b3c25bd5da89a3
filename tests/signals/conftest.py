"""What reached somebody."""

import pytest

from palabre.signals.models import Signal


@pytest.fixture
def heard():
    """`heard(person)` is what reached them: pairs of (verb, reason), oldest first."""

    def heard(person):
        return list(Signal.objects.of(person).order_by("event").values_list("verb", "reason"))

    return heard
