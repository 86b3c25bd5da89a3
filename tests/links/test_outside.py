"""Outside addresses: when one is called broken, and when it is visited again."""

from datetime import timedelta
from itertools import pairwise

import pytest

from palabre.authoring.writing import publish
from palabre.kit.clock import now
from palabre.kit.outbound import Fetched, Refused
from palabre.links.models import Health, OutsideAddress
from palabre.links.outside import note, visit_due
from tests.kit.outside import outside_server


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


@pytest.mark.django_db
def test_what_texts_cite_is_visited_once_with_manners_and_what_broke_is_told(world, sign_in, settings):
    with outside_server() as outside:
        settings.PALABRE_OUTBOUND_ALLOW = ["127.0.0.1"]
        settings.PALABRE_OUTBOUND_PORTS = [outside.server.server_port]
        outside["/robots.txt"] = "user-agent: *\ndisallow: /closed"
        outside["/there"] = "here I am"
        addresses = [outside.address(path) for path in ("/there", "/gone", "/closed")]
        publish("page", world.spaces["maison"], world.awa, "Veille", " ".join(f"<{each}>" for each in addresses))
        assert visit_due() == 3
        found = dict(OutsideAddress.objects.values_list("address", "health"))
        assert [found[each] for each in addresses] == [Health.ALIVE, Health.BROKEN, Health.CLOSED]
        assert sorted(outside.paths) == ["/gone", "/robots.txt", "/there"]
        times = [at for _method, _path, _headers, at in outside.heard]
        assert min(later - earlier for earlier, later in pairwise(times)) > 0.99
        assert visit_due() == 0
    page = sign_in(world.awa).get("/links/outside/").text
    assert "/gone" in page
    assert "/there" not in page


@pytest.mark.django_db
def test_an_address_no_text_cites_any_more_is_left_in_peace(world):
    OutsideAddress.objects.create(address="https://example.org/oublié", host="example.org")
    assert visit_due() == 0
