"""The pages of bookmarks, and who may do what there."""

import re

import pytest

from palabre.bookmarks.keeping import keep
from palabre.bookmarks.models import Bookmark, Saver, Status
from palabre.bookmarks.views import bookmarklet
from palabre.items.models import Item


@pytest.fixture
def kept(world, space):
    return keep(space, world.coumba, "https://example.org/a", "Un guide", "Pour les nouveaux.")[0]


def test_the_form_begins_with_what_the_browser_brought(world, sign_in):
    page = (
        sign_in(world.coumba).get("/bookmarks/new/?address=https://example.org/a&title=T&space=reseau").content.decode()
    )
    assert 'value="https://example.org/a"' in page and 'value="T"' in page
    assert 'value="reseau" checked' in page


def test_what_is_kept_stays_in_the_house_unless_one_says_so(world, sign_in):
    page = sign_in(world.awa).get("/bookmarks/new/").content.decode()
    assert re.findall(r'name="space" value="(\w+)" checked', page) == ["maison"]
    house, _fence, beyond = page.partition('class="fence"')
    assert 'value="maison"' in house and 'value="entraide"' in beyond


def test_keeping_leads_to_the_bookmark(world, sign_in):
    client = sign_in(world.coumba)
    given = {"address": "example.org/b", "title": "", "note": "n", "space": "reseau"}
    response = client.post("/bookmarks/new/", given, follow=True)
    item = Item.objects.get(kind="bookmark")
    assert response.request["PATH_INFO"] == item.get_absolute_url()
    assert item.bookmark.address == "https://example.org/b"


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "two words", "file:///etc/passwd"])
def test_what_is_no_address_comes_back_with_a_sentence(world, sign_in, address):
    response = sign_in(world.coumba).post(
        "/bookmarks/new/", {"address": address, "space": "reseau", "note": "kept words"}
    )
    assert response.status_code == 422
    assert "kept words" in response.content.decode() and not Item.objects.filter(kind="bookmark").exists()


@pytest.mark.parametrize("space", ["direction", "nowhere", ""])
def test_nobody_keeps_where_they_may_not_write(world, sign_in, space):
    response = sign_in(world.awa).post("/bookmarks/new/", {"address": "https://example.org", "space": space})
    assert response.status_code == 422 and not Item.objects.filter(kind="bookmark").exists()


def test_a_stranger_is_asked_to_sign_in(sign_in, world):
    assert sign_in(None).get("/bookmarks/new/").status_code == 302


def test_the_page_shows_where_it_leads_and_who_keeps_it(world, kept, sign_in):
    page = sign_in(world.awa).get(kept.get_absolute_url()).content.decode()
    assert 'href="https://example.org/a" rel="external nofollow noopener"' in page
    assert "Pour les nouveaux." in page and world.coumba.name in page


@pytest.mark.parametrize(
    ("key", "status"), [("awa", 200), ("grace", 404), ("tidiane", 404), ("ines", 404), (None, 404)]
)
def test_only_readers_of_the_space_see_it(world, kept, sign_in, key, status):
    client = sign_in(getattr(world, key) if key else None)
    assert client.get(kept.get_absolute_url()).status_code == status
    assert client.get("/spaces/reseau/bookmarks/").status_code == status
    assert client.get(f"/bookmarks/{kept.pk}/reading/").status_code == (302 if status == 200 else 404)


def test_another_may_keep_it_too_and_let_it_go(world, kept, sign_in):
    client = sign_in(world.marc)
    client.post(f"/bookmarks/{kept.pk}/saving/", {"note": "Moi aussi"})
    assert Saver.objects.get(person=world.marc).note == "Moi aussi"
    client.post(f"/bookmarks/{kept.pk}/release/")
    assert not Saver.objects.filter(person=world.marc).exists()
    assert Saver.objects.filter(person=world.coumba).exists()


@pytest.mark.parametrize("address", ["saving", "reading"])
def test_a_reader_without_the_right_to_write_changes_nothing(world, kept, sign_in, address):
    assert sign_in(world.awa).post(f"/bookmarks/{kept.pk}/{address}/").status_code == 403
    assert sign_in(world.grace).post(f"/bookmarks/{kept.pk}/{address}/").status_code == 404


def test_it_is_read_again_when_asked(world, kept, sign_in):
    Bookmark.objects.update(status=Status.FAILED, trouble="time")
    sign_in(world.coumba).post(f"/bookmarks/{kept.pk}/reading/")
    assert Bookmark.objects.get().status == Status.WAITING


def test_while_it_is_being_read_the_page_asks_how_far_it_is(world, kept, sign_in):
    client = sign_in(world.awa)
    assert 'hx-trigger="every 2s"' in client.get(kept.get_absolute_url()).content.decode()
    Bookmark.objects.update(status=Status.READ, description="Une description")
    fragment = client.get(f"/bookmarks/{kept.pk}/reading/", headers={"HX-Request": "true"}).content.decode()
    assert "every 2s" not in fragment and "Une description" in fragment and "<html" not in fragment


def test_the_space_lists_what_it_keeps(world, kept, sign_in, django_assert_max_num_queries):
    for number in range(12):
        keep(kept.space, world.coumba, f"https://example.org/{number}", f"Page {number}")
    client = sign_in(world.awa)
    with django_assert_max_num_queries(12):
        page = client.get("/spaces/reseau/bookmarks/").content.decode()
    assert "Un guide" in page and "Page 11" in page


def test_the_page_of_a_bookmark_costs_few_queries(world, kept, sign_in, django_assert_max_num_queries):
    for person in (world.marc, world.idrissa):
        kept.bookmark.save_for(person, "n")
    client = sign_in(world.awa)
    client.get(kept.get_absolute_url())
    with django_assert_max_num_queries(8):
        assert client.get(kept.get_absolute_url()).status_code == 200


def test_the_bookmarklet_is_one_line_that_leads_here():
    script = bookmarklet("https://palabre.example/bookmarks/new/")
    assert script.startswith("javascript:location.href='https://palabre.example/bookmarks/new/?address='")
    assert "\n" not in script and '"' not in script and " " not in script
