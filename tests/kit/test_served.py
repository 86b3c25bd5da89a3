"""Static files as browsers get them: compressed, and kept for ever."""

import re

import pytest

pytestmark = pytest.mark.django_db


def test_styles_scripts_and_fonts_are_compressed_and_kept_for_ever(client):
    page = client.get("/").content.decode()
    named = re.findall(r'(?:src|href)="(/static/[^"#]+\.(?:css|js))"', page)
    assert len(named) >= 3
    for address in named:
        served = client.get(address, headers={"Accept-Encoding": "br"})
        assert served.status_code == 200
        assert served["Content-Encoding"] == "br", address
        assert "immutable" in served["Cache-Control"], address
    style = b"".join(client.get(next(name for name in named if name.endswith(".css"))).streaming_content).decode()
    fonts = re.findall(r"url\(\"?([^)\"]+\.woff2)", style)
    assert fonts
    assert style.count("font-display: swap") + style.count("font-display:swap") == len(fonts)
    for font in fonts:
        served = client.get(f"/static/fonts/{font.rpartition('/')[2]}")
        assert "immutable" in served["Cache-Control"], font


def test_what_one_person_saw_is_kept_by_no_shared_cache(client):
    page = client.get("/")
    assert page["Cache-Control"] == "private, no-store"
    assert "Cookie" in page["Vary"]


@pytest.mark.parametrize(
    "address", ["/", "/guide/", "/search/?q=fibre", "/spaces/le-fil/", "/feeds/new.atom", "/nothing/"]
)
def test_whoever_asks_for_the_head_of_a_page_is_answered_like_who_asks_for_the_page(client, address):
    head, page = client.head(address), client.get(address)
    assert (head.status_code, head["Content-Type"], head.content) == (page.status_code, page["Content-Type"], b"")
