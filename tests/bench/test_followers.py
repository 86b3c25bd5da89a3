"""What followers cost: each block compares its own two, so that a slow minute decides nothing."""

import itertools

from bench.followers import blocks, said


def test_a_slow_minute_slows_both_and_decides_nothing():
    posted = itertools.count()

    def write(name):
        slow = 5.0 if next(posted) < 40 else 1.0  # the first of five blocks
        return slow * (0.022 if name == "followed" else 0.020)

    lines = said(blocks(write, number=5, pairs=20))
    assert "p95 1.10" in lines[1]
    assert "from 1.10 to 1.10" in lines[1]
    assert "22 ms, 20 ms with none" in lines[2]


def test_who_goes_first_changes_from_pair_to_pair():
    order = []
    blocks(lambda name: float(bool(order.append(name))), number=1, pairs=4)
    firsts = order[::2]
    assert firsts.count("followed") == firsts.count("other") == 2
    assert order.count("followed") == order.count("other") == 4
