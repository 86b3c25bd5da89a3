"""The front page: for strangers the house from outside, for people what they may read, cheaply."""

import re

import pytest
from django.utils.text import slugify

from palabre.authoring.writing import publish
from palabre.home.views import SPACES_SHOWN
from palabre.people.models import Person
from palabre.spaces.models import Space
from palabre.talk.models import Comment

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
    assert page.content.decode().count("<article") == 30


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


def public(world, name):
    return Space.objects.found(world.nadia, name=name, slug=slugify(name), audience="public")


def test_a_busy_public_space_does_not_empty_the_others(world, client):
    quiet = public(world, "Place")
    quiet_words = publish("post", quiet, world.nadia, "Said long ago", "Text.")
    for number in range(35):
        publish("post", world.spaces["le-fil"], world.marc, f"Busy {number}", "Text.")
    page = client.get("/").text
    assert quiet_words.title in page
    assert re.findall(r"Busy \d+", page) == ["Busy 34", "Busy 33", "Busy 32", "Busy 31"]


def test_a_public_space_in_which_nothing_was_said_says_so(world, client):
    public(world, "Place")
    assert "Nothing has been said here yet" in client.get("/", headers={"Accept-Language": "en"}).text


def test_of_many_public_spaces_some_are_shown_and_the_others_one_link_away(world, client):
    for number in range(SPACES_SHOWN):
        public(world, f"Place {number}")
    page = client.get("/", headers={"Accept-Language": "en"}).text
    assert page.count('class="open-space"') == SPACES_SHOWN
    assert "Every public space" in page
    assert client.get("/spaces/").text.count("Place ") >= SPACES_SHOWN - 1


def test_who_may_not_meet_an_author_is_given_a_name_without_a_face(world, sign_in):
    author = world.marc
    author.photo = "photos/face.webp"
    author.save(update_fields=["photo"])
    item = publish("page", world.spaces["le-fil"], author, "In public", "Words.")
    Comment.say(item, author, "And more.")
    assert not Person.objects.visible_to(world.diego).filter(pk=author.pk).exists()
    for who, meets in ((None, False), (world.diego, False), (world.awa, True)):
        for address in ("/", "/?show=all", item.get_absolute_url(), f"/items/{item.pk}/comments/"):
            page = sign_in(who).get(address).text
            if author.name in page:
                assert (f'href="{author.get_absolute_url()}"' in page) is meets, (who, address)
                assert (f"/people/{author.pk}/photo/" in page) is meets, (who, address)
        assert author.name in page


def test_a_guest_is_led_to_those_they_meet(world, sign_in):
    item = publish("page", world.spaces["installateurs"], world.coumba, "For partners", "Words.")
    Comment.say(item, world.coumba, "And more.")
    page = sign_in(world.tidiane).get(f"/items/{item.pk}/comments/").text
    assert f'href="{world.coumba.get_absolute_url()}"><b>' in page
