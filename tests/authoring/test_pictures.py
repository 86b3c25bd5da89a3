"""Pictures of ours stand in a text with room kept for them, and no wider than needed."""

import pytest

from palabre.authoring.pictures import attributes
from palabre.authoring.rendering import render


def test_a_picture_says_its_size_and_its_narrower_versions():
    html = render("![Plan](/files/12/plan%20a.png#1200x800)").html
    assert 'src="/files/12/plan%20a.png"' in html and 'width="1200" height="800"' in html
    assert (
        "/files/12/plan%20a.png?width=480 480w, /files/12/plan%20a.png?width=960 960w, /files/12/plan%20a.png 1200w"
        in html
    )


def test_a_small_picture_has_no_narrower_version():
    assert attributes("/files/12/icon.png#64x64") == {"src": "/files/12/icon.png", "width": 64, "height": 64}


def test_other_addresses_are_left_as_they_are():
    for address in (
        "/files/12/plan.png",
        "https://example.org/files/12/a.png#10x10",
        "/files/x/a.png#10x10",
        "/files/1/a?b#1x1",
    ):
        assert attributes(address) == {}


def test_a_picture_of_elsewhere_is_a_link_to_it_for_the_page_shows_its_own_only():
    document = render('![Le "plan" <b>](https://example.org/a%20b.png?x=1&y=2)')
    assert document.html == (
        '<p><a href="https://example.org/a%20b.png?x=1&amp;y=2" rel="external nofollow noopener">'
        "Le &quot;plan&quot; &lt;b&gt;</a></p>\n"
    )
    [reference] = document.references
    assert (reference.kind, reference.key) == ("outside", "https://example.org/a%20b.png?x=1&y=2")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![](//example.org/plans/rue%20%C3%A0.png)", ">example.org/rue à.png</a>"),
        ("<img src=https://example.org/c.png alt='un > deux'>", ">un &gt; deux</a>"),
        ('<div><IMG SRC="HTTP://example.org/c.png"></div>', ">example.org/c.png</a>"),
        ("![](https://example.org)", ">example.org</a>"),
    ],
)
def test_a_picture_of_elsewhere_is_named_by_its_words_or_its_address(written, shown):
    html = render(written).html
    assert shown in html and "<img" not in html


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![Le plan](plans/rue.png)", '<a data-mark="address" data-key="plans/rue.png">Le plan</a>'),
        ("![](../rue%20%C3%A0.png)", '<a data-mark="address" data-key="../rue%20%C3%A0.png">rue à.png</a>'),
        ("[![Le plan](rue.png)](https://example.com)", 'nofollow noopener">Le plan</a>'),
    ],
)
def test_a_picture_that_came_with_no_file_is_told_of_by_its_words(written, shown):
    document = render(written)
    assert shown in document.html and "<img" not in document.html
    assert all(reference.kind == "outside" for reference in document.references)


@pytest.mark.parametrize(
    "written",
    [
        "[![état](https://example.org/badge.svg)](https://example.com)",
        '<a href="https://example.com"><img src="https://example.org/badge.svg" alt="état"></a>',
        '[<img src="https://example.org/badge.svg" alt="état">](https://example.com)',
    ],
)
def test_a_picture_within_a_link_leaves_its_words_to_the_link(written):
    document = render(written)
    assert '<a href="https://example.com" rel="external nofollow noopener">état</a>' in document.html
    assert [each.key for each in document.references] == ["https://example.com"]


def test_our_own_pictures_stay_pictures_whichever_way_they_are_named(settings):
    settings.ADDRESS = "https://palabre.example"
    for address in ("/files/3/a.png", "https://palabre.example/files/3/a.png"):
        assert f'<img src="{address}"' in render(f"![a]({address})").html
    assert "<img" not in render("![a](https://palabre.example.evil/files/3/a.png)").html


def test_a_picture_in_code_is_left_as_written():
    assert "<a" not in render('`<img src="https://example.org/x.png">`').html
