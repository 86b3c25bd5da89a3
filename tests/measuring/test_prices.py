"""Prices: the meter gives the figures published for it, says who was not coherent, and knows how sure it is."""

import numpy as np
import pytest

from palabre.measuring.ladder import climb
from palabre.measuring.meter import Prices, crossing, measure
from tests.measuring.drawn import Drawn


@pytest.fixture(scope="module")
def published():
    """The example of `psm_analysis` in the reference of the R package pricesensitivitymeter 1.3.3 (Alletsee, CRAN),
    drawn again from its seed."""
    drawn = Drawn(42)
    prices = [drawn.normal(250, *each) for each in ((5, 0.5), (8.5, 0.5), (13, 0.75), (17, 1))]
    would_cheap = drawn.sample(250, [5, 4, 3, 2, 1], [0.3, 0.3, 0.2, 0.1, 0.1])
    would_expensive = drawn.sample(250, [1, 2, 3, 5, 4], [0.3, 0.3, 0.2, 0.1, 0.1])
    return [Prices(*each) for each in zip(*prices, would_cheap, would_expensive, strict=True)]


def test_the_numbers_are_those_that_r_draws():
    drawn = Drawn(42)
    assert [round(drawn.uniform(), 7) for _each in range(3)] == [0.914806, 0.9370754, 0.2861395]
    assert Drawn(42).normal(4, 0, 1, digits=4) == [1.371, -0.5647, 0.3631, 0.6329]


def test_the_meter_gives_the_published_figures(published):
    found = measure(published, smooth=False, inclusive=False)
    assert (found.number, found.incoherent) == (250, 0)
    assert (found.original.low.price, found.original.high.price) == (6.35, 14.53)
    assert found.indifference.price == 9.98
    assert found.optimum.price == 6.35
    assert (found.reach.most_reach.price, found.reach.most_revenue.price) == (8.8, 9.4)


def test_both_conventions_are_given_and_the_narrower_lies_within(published):
    found = measure(published)
    assert found.original.low.price <= found.narrower.low.price
    assert found.narrower.high.price <= found.original.high.price
    for point in (found.indifference, found.optimum, found.original.low, found.narrower.high):
        assert point.interval.low <= point.price <= point.interval.high
    assert measure(published) == found  # the same each time one looks


def test_by_hand_lines_cross_between_the_prices_that_were_named():
    """Two people. Cheap falls from 1 at 4 to 1/2 at 6 and 0 above; expensive rises from 0 to 1/2 at 8 and 1 at 10: from
    6 (1/2 and 0) to 8 (0 and 1/2) they cross in the middle."""
    found = measure([Prices(1, 4, 8, 12), Prices(2, 6, 10, 14)])
    assert found.indifference.price == 7
    assert found.curves.prices == (1, 2, 4, 6, 8, 10, 12, 14)
    assert found.curves.cheap == (1, 1, 1, 0.5, 0, 0, 0, 0)
    assert found.curves.too_expensive == (0, 0, 0, 0, 0, 0, 0.5, 1)


@pytest.mark.parametrize(
    ("rising", "falling", "met"),
    [((0, 1), (1, 0), 15), ((0.5, 1), (0.5, 0), 10), ((0, 0.4), (1, 0.5), None), ((0.8, 0.9), (0.5, 0.1), None)],
)
def test_shares_that_never_meet_or_had_met_before_have_no_point(rising, falling, met):
    assert crossing(*map(np.array, ((10, 20), rising, falling))) == met


def test_who_is_not_coherent_is_counted_and_left_out():
    found = measure([Prices(1, 4, 8, 12), Prices(2, 6, 10, 14), Prices(9, 6, 10, 14), Prices(2, 2, 10, 14)])
    assert (found.number, found.incoherent) == (2, 2)
    assert measure([Prices(4, 3, 2, 1)]).number == 0
    assert measure([Prices(4, 3, 2, 1)]).optimum is None


def test_by_hand_buying_goes_along_lines_between_the_four_prices():
    found = measure([Prices(2, 4, 8, 10, would_cheap=5, would_expensive=3)]).reach
    assert dict(zip(found.prices, found.shares, strict=True)) == {2: 0, 4: 0.7, 8: 0.3, 10: 0}
    assert (found.most_reach.price, found.most_revenue.price) == (4, 4)  # 4 at 0.7 brings 2.8, 8 at 0.3 brings 2.4


@pytest.mark.parametrize("number", [1, 2, 5])
def test_what_all_say_alike_has_no_interval(number):
    """Drawn again and again it stays as it is, which would read as if it were certain."""
    found = measure([Prices(3, 5, 8, 12, 5, 3)] * number)
    assert (found.optimum.price, found.indifference.price, found.original.high.price) == (5, 6.5, 8)
    points = (found.optimum, found.indifference, found.original.low, found.reach.most_reach, found.reach.most_revenue)
    assert {point.interval for point in points} == {None}
    assert found.reach.at(found.reach.most_revenue.price) == pytest.approx(0.7)


def test_the_ladder_tells_demand_and_what_is_earned():
    """By hand: of 10, 9 would pay 5, 6 would pay 8, 2 would pay 12; 100 people bring 450, 480 and 240."""
    answers = [{5: True}] * 3 + [{5: True, 8: True}] * 4 + [{5: True, 8: True, 12: True}] * 2 + [{}]
    found = climb([12, 5, 8], [*answers, {5: False, 12: True}])
    assert [(rung.price, rung.demand.part, round(rung.revenue)) for rung in found.rungs] == [
        (5, 9, 450), (8, 6, 480), (12, 2, 240),
    ]  # fmt: skip
    assert (found.number, found.incoherent, found.best) == (10, 1, 8)
    assert found.best in found.interval


def test_which_price_might_earn_most_is_always_one_that_was_named():
    prices = (2000, 3500, 5000, 8000)
    for bought in range(1, 20):
        buyers = dict(zip(prices, (27, 20, bought, 3), strict=True))
        answers = [{price: n < part for price, part in buyers.items()} for n in range(27)]
        interval = climb(prices, answers).interval
        assert {interval.low, interval.high} <= set(prices)


def test_where_nobody_would_buy_nothing_is_earned():
    assert measure([Prices(2, 4, 8, 10, would_cheap=1, would_expensive=1)] * 3).reach is None
