"""Half a year of contributions, as far as the reader may read them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from palabre.items.models import Item
from palabre.items.weeks import HEIGHT, WEEKS, Week, bars, weeks
from palabre.kit.clock import now

pytestmark = pytest.mark.django_db


def test_weeks_count_what_is_read_inside_and_outside(world):
    for slug, days in (("reseau", 0), ("reseau", 0), ("installateurs", 0), ("le-fil", 15), ("reseau", 400)):
        Item.objects.create(
            kind="page",
            space=world.spaces[slug],
            title="x",
            author=world.coumba,
            published_at=now() - timedelta(days=days),
        )
    shown = weeks(Item.objects.visible_to(world.coumba).filter(author=world.coumba))
    assert len(shown) == WEEKS
    assert (shown[-1].inside, shown[-1].outside) == (2, 1)
    assert sum(week.outside for week in shown) == 2
    seen_outside = weeks(Item.objects.visible_to(world.tidiane).filter(author=world.coumba))
    assert sum(week.inside for week in seen_outside) == 0


@pytest.mark.parametrize(("zone", "monday"), [("Pacific/Auckland", 15), ("America/Lima", 8)])
def test_a_week_begins_when_it_does_for_the_reader(world, zone, monday):
    sunday_evening = datetime(2024, 4, 14, 22, tzinfo=UTC)
    Item.objects.create(
        kind="page", space=world.spaces["reseau"], title="x", author=world.coumba, published_at=sunday_evening
    )
    with timezone.override(zone):
        shown = weeks(Item.objects.filter(author=world.coumba), until=sunday_evening)
    assert (shown[-1].start, shown[-1].inside) == (date(2024, 4, monday), 1)


def test_the_fullest_week_reaches_the_top():
    start = now().date()
    drawn = bars([Week(start, 6, 2), Week(start, 0, 4), Week(start, 0, 0)])
    assert drawn[0].inside + drawn[0].outside == HEIGHT
    assert drawn[1].outside == HEIGHT / 2 and drawn[1].inside == 0
    assert drawn[2].inside == drawn[2].outside == 0
