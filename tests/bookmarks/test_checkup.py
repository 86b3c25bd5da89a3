"""The doctor says whether the outside is set as it is meant."""

import pytest

from palabre.bookmarks.checkup import outside


@pytest.mark.parametrize(
    ("entries", "fine"), [([], True), (["intranet.example", "10.1.0.0/16"], True), (["a:b"], False)]
)
def test_what_is_opened_beyond_the_web_is_looked_at(settings, entries, fine):
    settings.PALABRE_OUTBOUND_ALLOW = entries
    said = [str(finding) for finding in outside()]
    assert any("cannot be read" in line for line in said) is not fine
