"""What search engines are told, and what they never hear of."""

import pytest

from palabre.authoring.writing import publish

pytestmark = pytest.mark.django_db


def test_the_site_map_holds_what_is_public_and_nothing_else_whoever_asks(world, sign_in):
    shown = publish("post", world.spaces["le-fil"], world.marc, "Said to everyone", "Text.")
    hidden = publish("post", world.spaces["maison"], world.marc, "Said inside", "Text.")
    trashed = publish("post", world.spaces["le-fil"], world.marc, "Taken back", "Text.", state="trashed")
    for person in (None, world.nadia):
        told = sign_in(person).get("/sitemap.xml").content.decode()
        assert f"http://testserver{shown.get_absolute_url()}" in told
        assert hidden.get_absolute_url() not in told
        assert trashed.get_absolute_url() not in told
        assert "/spaces/maison/" not in told
        assert "/spaces/le-fil/" in told


def test_robots_are_led_to_the_site_map(client):
    told = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in told
    assert "Disallow: /account/" in told
