"""Pictures of ours stand in a text with room kept for them, and no wider than needed."""

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
