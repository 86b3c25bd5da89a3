"""The guide: whole in both languages, and leading somewhere."""

import re

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from palabre.home.guide import chapters
from palabre.items import kinds


def test_both_languages_have_the_same_chapters():
    assert [chapter.slug for chapter in chapters("fr")] == [chapter.slug for chapter in chapters("en")]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_chapters_have_the_same_sections_in_both_languages(language):
    for one, other in zip(chapters("fr"), chapters("en"), strict=True):
        assert [heading.level for heading in one.outline] == [heading.level for heading in other.outline], one.slug


def test_chapters_come_in_the_order_of_their_numbers():
    assert [chapter.slug for chapter in chapters("en")][:3] == ["begin", "readers", "write"]
    assert chapters("en")[-1].slug == "keyboard"


def test_no_line_of_the_french_guide_begins_with_its_punctuation():
    said = " ".join(strip_tags(re.sub(r"<(pre|code|kbd).*?</\1>", "", chapter.html)) for chapter in chapters("fr"))
    assert re.findall(r".{20} [;:?!»]|« .{20}", said) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_guide_speaks_of_every_kind_one_can_write(language):
    said = strip_tags(" ".join(chapter.html for chapter in chapters(language))).lower()
    with translation.override(language):
        labels = [str(kind.label).lower() for kind in kinds.every() if not kind.apart and not kind.within]
    assert [label for label in labels if label not in said] == []


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
