"""The front page: for strangers the house from outside, for people what they may read, cheaply."""

import re

import pytest

from palabre.authoring.writing import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(world):
    """One item in each space, by somebody who may write there."""
    return {
        slug: publish("post", space, world.marc, f"A word in {slug}", "Some **text**.")
        for slug, space in world.spaces.items()
    }


def test_a_stranger_reads_what_is_public_and_nothing_else(client, written):
    page = client.get("/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "A word in le-fil" in text
    assert [slug for slug in written if slug != "le-fil" and f"A word in {slug}" in text] == []


def test_a_person_reads_their_spaces_and_on_demand_everything_they_may(world, sign_in, written):
    awa = sign_in(world.awa)
    mine, everything = awa.get("/").content.decode(), awa.get("/?show=all").content.decode()
    assert "A word in reseau" in mine
    assert "A word in le-fil" not in mine
    assert "A word in le-fil" in everything
    assert "A word in direction" not in everything


def test_a_guest_sees_their_space_only(world, sign_in, written):
    diego = sign_in(world.diego).get("/?show=all").content.decode()
    assert "A word in le-fil" in diego
    assert "A word in installateurs" not in diego
    assert "A word in maison" not in diego


def test_the_feed_of_fifty_costs_few_queries(world, sign_in, written, django_assert_max_num_queries):
    for number in range(60):
        publish("post", world.spaces["reseau"], world.coumba, f"Number {number}", "Text.")
    awa = sign_in(world.awa)
    awa.get("/")
    with django_assert_max_num_queries(12):
        page = awa.get("/")
    assert page.content.decode().count("<article") == 50


def test_earlier_days_follow_without_script_and_as_a_fragment(world, sign_in, written):
    for number in range(60):
        publish("post", world.spaces["reseau"], world.coumba, f"Number {number}.", "Text.")
    awa = sign_in(world.awa)
    first = awa.get("/")
    after = first.context["feed"].next
    plain = awa.get("/", {"after": after}).content.decode()
    fragment = awa.get("/", {"after": after}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in plain
    assert "<html" not in fragment
    for page in (plain, fragment):
        assert "Number 0." in page
        assert "Number 59." not in page


def test_titles_are_escaped_in_the_feed(world, sign_in):
    publish("post", world.spaces["reseau"], world.marc, "<script>alert(1)</script>", "<b>x</b>")
    assert "<script>alert" not in sign_in(world.awa).get("/").content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_first_visit_is_never_empty(world, sign_in, language):
    world.awa.language = language
    world.awa.save()
    page = sign_in(world.awa).get("/").content.decode()
    assert 'class="empty"' in page
    assert "/write/" in page


def test_rows_show_tags_and_how_much_was_said(world, sign_in):
    from palabre.tags.models import Tag
    from palabre.talk.models import Comment

    item = publish("post", world.spaces["reseau"], world.marc, "A word", "Some text.")
    Tag.objects.made(["Fibre"])["fibre"].put_on(item, world.marc)
    said = [Comment.say(item, world.marc, "Well said.") for _ in range(3)]
    said[0].delete_by(world.marc)
    page = sign_in(world.grace).get("/?show=all").content.decode()
    assert 'href="/tags/fibre/"' not in page, "she does not see the item"
    page = sign_in(world.idrissa).get("/", headers={"Accept-Language": "en"}).content.decode()
    assert 'href="/tags/fibre/"' in page
    assert re.search("2 comment(aire)?s", page)
