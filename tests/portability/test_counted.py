"""What was carried is told in a sentence that people read, not as the names of tables."""

import pytest

from palabre.portability.counted import counted


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (
            {"answer": 3, "people": 29, "items": 1231, "taggings": 0, "idea-votes": 4, "spaces": 1},
            "1,231 items, 29 people, 1 space and 7 rows of 2 other tables",
        ),
        ({"items": 2, "people": 1}, "2 items and 1 person"),
        ({"items": 1}, "1 item"),
        ({"follows": 1}, "1 row of 1 other table"),
        ({}, "nothing"),
    ],
)
def test_counts_are_told_as_people_ask_for_them(counts: dict[str, int], told: str) -> None:
    assert counted(counts) == told
