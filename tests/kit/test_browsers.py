"""A browser is called what people call it."""

import pytest

from palabre.kit.browsers import named


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/605.1", "Safari, Mac"),
        ("", "?"),
    ],
)
def test_a_browser_has_a_name_that_people_know(agent, name):
    assert named(agent) == name
