"""When two addresses are one page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palabre.bookmarks.addresses import LONGEST, canonical, is_same_site, readable, site, without_tracking

SAME = [
    ("https://example.org/a", "http://example.org/a"),
    ("https://example.org/a", "https://www.example.org/a/"),
    ("https://example.org/a", "HTTPS://EXAMPLE.ORG:443/a#part"),
    ("http://example.org:80/", "https://example.org"),
    ("https://example.org/a?b=1&c=2", "https://example.org/a?c=2&b=1"),
    ("https://example.org/a?b=1", "https://example.org/a?utm_source=x&b=1&fbclid=y&gclid=z&mc_cid=1&at_medium=m"),
    ("https://example.org/a", "https://example.org/a?utm_source=newsletter"),
    ("https://example.org/%7Eme/caf%c3%a9", "https://example.org/~me/café"),
    ("https://société.example/", "https://xn--socit-esab.example/"),
]
OTHER = [
    ("https://example.org/a", "https://example.org/b"),
    ("https://example.org/a", "https://example.org/A"),
    ("https://example.org/a", "https://example.org:8443/a"),
    ("https://example.org/a?id=1", "https://example.org/a?id=2"),
    ("https://example.org/a%2Fb", "https://example.org/a/b"),
    ("https://app.example.org/#/one", "https://app.example.org/#/two"),
    ("https://blog.example.org/", "https://example.org/"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_these_are_one_page(one, other):
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_these_are_two(one, other):
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" https://example.org/a ", "https://example.org/a"),
        ("example.org/a", "https://example.org/a"),
        ("localhost", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://", None),
        ("https://me:secret@example.org/", None),
        ("https://example.org:port/", None),
        ("https://[::1", None),
        ("two words", None),
        ("https://example.org/a b", None),
        ("", None),
        ("https://example.org/" + "a" * LONGEST, None),
    ],
)
def test_what_people_type_is_an_address_or_it_is_not(typed, address):
    assert readable(typed) == address


def test_what_tells_where_one_came_from_is_left_out_of_the_address():
    assert without_tracking("https://a.example/b?utm_source=x&c=%20d#e") == "https://a.example/b?c=+d#e"
    assert without_tracking("https://a.example/b?c=%20d&e") == "https://a.example/b?c=%20d&e"


@given(st.text(max_size=300))
def test_no_input_whatever_causes_an_error(typed):
    address = readable(typed) or readable(f"https://example.org/{typed}")
    if address:
        key = canonical(address)
        assert len(key) <= LONGEST and site(address)
        assert canonical(f"https://{key}") == key


def test_a_page_speaks_only_for_its_own_site():
    assert is_same_site("https://example.org/a", "http://www.example.org/b")
    assert is_same_site("https://m.example.org/a", "https://example.org/a")
    assert not is_same_site("https://example.org/a", "https://evil.example/a")
