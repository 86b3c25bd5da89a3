"""Offers, rules and objectives in a browser: axe finds nothing, nothing scrolls sideways, a long word widens no page,
and what comes later into a page leaves the focus where it is."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localdate

from palabre.authoring.writing import publish
from palabre.links.models import Link, Type
from palabre.rules.models import Outcome
from tests.browser.conftest import too_wide

LONG = "anticonstitutionnellement" * 3


@pytest.fixture
def offer(world, site):
    """About which an idea is that serves an objective, too."""
    item = publish("offer", world.spaces["installateurs"], world.marc, f"Gaine {LONG}", f"Pour tous {LONG}.")
    idea = publish("idea", item.space, world.awa, f"Des gaines {LONG}", "Pour tous.")
    Link.tie(idea, Type.ABOUT, item, world.awa)
    return item, idea


@pytest.fixture
def addresses(world, offer) -> list[str]:
    """What Marc meets, who stewards the space."""
    (item, idea), space, marc = offer, offer[0].space, world.marc
    rule = publish("rule", space, marc, f"Une gaine par {LONG}", "Toujours.").rule
    rule.hold(f"Sinon {LONG}.", marc, localdate() + timedelta(days=9), marc)
    open_one = rule.challenge(f"Deux par {LONG}", "Parfois.", world.awa)
    rule.challenge(f"Trois par {LONG}", "Souvent.", world.coumba).settle(Outcome.KEPT, f"Non, {LONG}.", marc)
    objective = publish("objective", space, marc, f"Une gaine pour {LONG}", "Partout.").objective
    objective.aim(f"Gaines {LONG}", "%", Decimal(100), localdate() + timedelta(days=9), marc, marc)
    for ago, value in ((20, 10), (10, 40), (0, 55)):
        objective.see(localdate() - timedelta(days=ago), Decimal(value), f"Vu {LONG}.", marc)
    Link.tie(idea, Type.SUPPORTS, objective.item, marc)
    return [
        "/offers/", "/spaces/installateurs/offers/", item.get_absolute_url(), f"/offers/{item.pk}/about/",
        f"/offers/{item.pk}/about/ideas/", f"/items/{idea.pk}/offers/", idea.get_absolute_url(),
        "/rules/", "/spaces/installateurs/rules/", rule.item.get_absolute_url(),
        *(f"/rules/{rule.pk}/{page}/" for page in ("terms", "challenge", f"challenges/{open_one.pk}/answer")),
        "/objectives/", "/spaces/installateurs/objectives/", objective.item.get_absolute_url(),
        *(f"/objectives/{objective.pk}/{page}/" for page in ("aim", "progress", "end", "serving")),
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)])
def test_axe_finds_nothing_on_their_pages(visit, world, addresses, faults, width, dark):
    page = visit("/guide/", world.marc, width=width, dark=dark)
    assert faults(page, addresses) == {}


def test_none_of_their_pages_scrolls_sideways_at_320(visit, world, addresses):
    page = visit("/guide/", world.marc, width=320)
    assert too_wide(page, addresses) == []


def test_how_far_things_are_comes_when_it_is_in_view_and_takes_no_focus(visit, world, offer):
    page = visit(offer[0].get_absolute_url(), world.marc, width=390)
    page.locator("#about").scroll_into_view_if_needed()
    page.locator("#about small", has_text="En discussion").wait_for()
    assert page.evaluate("document.activeElement === document.body")
