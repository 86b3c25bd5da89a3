"""Outside addresses: when one is called broken, and when it is visited again."""

from datetime import timedelta

import pytest

from palabre.kit.clock import now
from palabre.kit.outbound import Fetched, Refused
from palabre.links.models import Health, OutsideAddress
from palabre.links.outside import note


@pytest.fixture
def address(db):
    return OutsideAddress.objects.create(address="https://example.org/a", host="example.org")


def answer(status, moved=None):
    return Fetched("https://example.org/a", moved, status, {})


@pytest.mark.parametrize(
    ("outcome", "health"),
    [
        (answer(200), Health.ALIVE),
        (answer(403), Health.ALIVE),
        (answer(200, "https://example.org/b"), Health.MOVED),
        (answer(404), Health.BROKEN),
        (answer(410), Health.BROKEN),
        (Refused("robots"), Health.CLOSED),
        (Refused("inside"), Health.BROKEN),
        (answer(503), Health.UNKNOWN),
        (Refused("time"), Health.UNKNOWN),
    ],
)
def test_what_one_visit_says(address, outcome, health):
    note(address, outcome)
    address.refresh_from_db()
    assert address.health == health
    assert address.due_at > now()


def test_a_host_in_trouble_is_broken_only_the_second_time_and_visited_ever_later(address):
    waits = []
    for _ in range(4):
        note(address, answer(500))
        waits.append(address.due_at - address.visited_at)
    assert address.health == Health.BROKEN
    assert waits == sorted(waits)
    assert waits[0] >= timedelta(days=1)
    note(address, answer(200))
    assert (address.health, address.failures) == (Health.ALIVE, 0)
