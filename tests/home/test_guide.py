"""The guide: whole in both languages, and leading somewhere."""

import re

import pytest

from palabre.home.guide import chapters


def test_both_languages_have_the_same_chapters():
    assert [chapter.slug for chapter in chapters("fr")] == [chapter.slug for chapter in chapters("en")]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_chapters_have_the_same_sections_in_both_languages(language):
    for one, other in zip(chapters("fr"), chapters("en"), strict=True):
        assert [heading.level for heading in one.outline] == [heading.level for heading in other.outline], one.slug


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_chapter_opens_for_everyone_and_its_links_lead_somewhere(client, language):
    for chapter in chapters(language):
        page = client.get(f"/guide/{chapter.slug}/", headers={"Accept-Language": language})
        assert page.status_code == 200
        assert chapter.title in page.content.decode()
        assert "data-mark" not in chapter.html, f"an unresolved mark in {chapter.slug}"
        for address in re.findall(r'href="(/[^"#]*)"', chapter.html):
            assert client.get(address, follow=True).status_code == 200, address


@pytest.mark.django_db
def test_there_is_no_chapter_of_that_name(client):
    assert client.get("/guide/nothing/").status_code == 404
