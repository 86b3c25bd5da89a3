"""Attention: two numbers of a person's own, a ledger that keeps them, and hours in which nothing rings."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from palabre.kit.clock import now
from palabre.people.attention import Attention, Spent, Use, left, spend, spent

PARIS = ZoneInfo("Europe/Paris")
DAKAR = ZoneInfo("Africa/Dakar")


def paris(*when):
    return datetime(*when, tzinfo=PARIS).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "ends"),
    [
        (paris(2026, 11, 25, 19, 59), None),
        (paris(2026, 11, 25, 20, 0), paris(2026, 11, 26, 7, 30)),
        (paris(2026, 11, 26, 3, 0), paris(2026, 11, 26, 7, 30)),
        (paris(2026, 11, 26, 7, 30), None),
    ],
)
def test_a_night_is_quiet_until_its_morning(moment, ends):
    assert Attention().quiet_ends(moment, PARIS) == ends


def test_quiet_hours_are_those_of_the_place_where_one_is():
    assert Attention().quiet_ends(paris(2026, 7, 25, 20, 30), DAKAR) is None


def test_a_quiet_weekend_ends_on_monday_morning_with_its_night():
    numbers = Attention(quiet_weekends=True)
    assert numbers.quiet_ends(paris(2026, 11, 27, 21, 0), PARIS) == paris(2026, 11, 30, 7, 30)


def test_quiet_hours_in_the_middle_of_a_day_and_none_at_all():
    nap = Attention(quiet_from=time(13), quiet_until=time(14))
    assert nap.quiet_ends(paris(2026, 11, 25, 13, 20), PARIS) == paris(2026, 11, 25, 14)
    assert nap.quiet_ends(paris(2026, 11, 25, 14, 20), PARIS) is None
    assert Attention(quiet_from=None, quiet_until=None).quiet_ends(paris(2026, 11, 25, 23, 0), PARIS) is None


def test_the_ledger_counts_a_thing_once_and_forgets_what_is_a_period_ago(world):
    Attention.objects.create(person=world.awa, interruptions=3)
    spend(Use.INTERRUPTION, [(world.awa.pk, "signal 1"), (world.awa.pk, "signal 2")])
    spend(Use.INTERRUPTION, [(world.awa.pk, "signal 1")])
    spend(Use.REQUEST, [(world.awa.pk, "ballot 1")])
    assert spent(Use.INTERRUPTION, [world.awa.pk, world.marc.pk]) == {world.awa.pk: 2, world.marc.pk: 0}
    assert left(Use.INTERRUPTION, world.awa) == 1
    assert left(Use.REQUEST, world.awa) == 7
    Spent.objects.update(at=now() - timedelta(days=2))
    assert left(Use.INTERRUPTION, world.awa) == 3
    assert left(Use.REQUEST, world.awa) == 7


def test_the_page_says_by_whose_clock_its_hours_are(world, sign_in):
    world.awa.time_zone = "America/New_York"
    world.awa.save(update_fields=["time_zone"])
    page = sign_in(world.awa).get("/account/attention/").content.decode()
    here = now().astimezone(ZoneInfo("America/New_York"))
    assert "celles de America/New York, où il est" in page and f"où il est {here.hour}" in page
    assert 'href="/account/"' in page


def test_a_person_keeps_their_numbers_on_their_own_page(world, sign_in):
    awa = sign_in(world.awa)
    form = {"interruptions": "4", "requests": "2", "quiet_from": "19:00", "quiet_until": "08:00"}
    assert awa.post("/account/attention/", form).status_code == 302
    kept = Attention.objects.get(person=world.awa)
    assert (kept.interruptions, kept.requests, kept.quiet_from, kept.quiet_weekends) == (4, 2, time(19), False)
    page = awa.get("/account/attention/").content.decode()
    assert 'value="19:00"' in page
    refused = awa.post("/account/attention/", form | {"quiet_until": ""})
    assert refused.status_code == 422
    assert "Dites les deux heures, ou aucune" in refused.content.decode()
    assert Attention.objects.get(person=world.awa).quiet_until == time(8)
