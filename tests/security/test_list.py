"""The list of what is guarded (`docs/security.md`) names tests that are there, and all of those that lie here."""

import re
from pathlib import Path

TESTS = Path(__file__).parent.parent
LIST = (TESTS.parent / "docs" / "security.md").read_text().partition("|---|")[2]


def test_each_row_has_its_test_and_each_test_its_row():
    named = set(re.findall(r"`([\w/]+\.py)`", LIST))
    here = {f"security/{path.name}" for path in TESTS.glob("security/test_*.py")} - {"security/test_list.py"}
    assert {name for name in named if not (TESTS / name).exists()} == set()
    assert here - named == set()
    assert {int(number) for row in re.findall(r"^\| ([\d, ]+) \|", LIST, re.M) for number in row.split(", ")} == set(
        range(1, 33)
    )
