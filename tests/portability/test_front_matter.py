"""Front matter of any tool is understood, and none of it can harm."""

import time
from datetime import UTC, datetime

import pytest

from palabre.portability.markdown.front_matter import split


def test_what_pages_say_of_themselves_is_understood_however_it_is_written() -> None:
    said, body = split(
        "---\ntitle: 2024\nauthors: [{name: Awa Kanté-Diop, email: a@b.example}, Marc]\ndate: 2024-05-06\n"
        "lastmod: '2024-06-07T08:09:10+02:00'\ntags: '#fibre, réseau/thiès'\naliases: [Old name, /old/address]\n"
        "slug: new-address\nsidebar_position: 3\ndraft: true\nlang: fr-SN\n---\nText\n"
    )
    assert (said.title, said.author, body) == ("2024", "Awa Kanté-Diop", "Text\n")
    assert said.created == datetime(2024, 5, 6, tzinfo=UTC)
    assert said.updated is not None
    assert said.updated.isoformat() == "2024-06-07T08:09:10+02:00"
    assert (said.tags, said.aliases, said.addresses) == (
        ("fibre", "réseau-thiès"),
        ("Old name",),
        ("/old/address", "new-address"),
    )
    assert (said.weight, said.draft, said.language) == (3, True, "fr")


def test_toml_is_understood_too() -> None:
    said, body = split('+++\ntitle = "T"\ndate = 2024-05-06T07:08:09Z\ntags = ["a"]\n+++\nText')
    assert (said.title, said.tags, body) == ("T", ("a",), "Text")
    assert said.created == datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


def test_json_and_what_is_said_within_taxonomies_are_understood() -> None:
    said, body = split('{\n  "title": "T",\n  "date": "2024-05-06",\n  "tags": ["a"]\n}\n\nText')
    assert (said.title, said.tags, body) == ("T", ("a",), "\nText")
    assert said.created == datetime(2024, 5, 6, tzinfo=UTC)
    assert split('+++\ntitle = "T"\n[taxonomies]\ntags = ["a"]\n+++\n')[0].tags == ("a",)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}\nText',
        '{"title": "T"} Text',
        "{" * 9,
        '{"title": ' + "[" * 9000,
        "No front matter",
        "---\nA line between two rules\n---\nText",
        "",
        "---",
        "---\n",
    ],
)
def test_a_page_without_front_matter_is_all_text(text: str) -> None:
    said, body = split(text)
    assert (body, said.title, said.trouble) == (text, "", "")


@pytest.mark.parametrize(
    "front",
    [
        "title: [unclosed",
        "title: 'a\nb: : c",
        "a: &a [*a, *a]",
        "<<: {a: 1}\nb: &x {c: 1}\nd: {<<: [*x, *x]}",
        "a: !!python/object/apply:os.system ['true']",
        "[" * 5000,
        "date: 99999-99-99\ntitle: [",
    ],
)
def test_front_matter_nobody_can_read_is_reported_and_left_out(front: str) -> None:
    said, body = split(f"---\n{front}\n---\nText\n")
    assert said.trouble
    assert body == "Text\n"


def test_one_line_nobody_can_read_takes_no_other_with_it() -> None:
    said, body = split(
        "---\ntitle: Fibre: the guide\ndate: 2024-13-45\ntags:\n  - a\n  - b\nauthor: 'Awa\naliases: [x\n---\nText"
    )
    assert "not understood" in said.trouble
    assert (said.title, said.tags, said.author, said.created, body) == (
        "Fibre: the guide",
        ("a", "b"),
        "Awa",
        None,
        "Text",
    )


def test_what_names_another_value_or_a_type_of_its_own_is_nobodys_words() -> None:
    said, _body = split("---\na: &a [x]\ntitle: *a\ntags: *a\nauthor: !!python/name:os.system\nlang: fr\n---\nText\n")
    assert "not understood" in said.trouble
    assert (said.title, said.tags, said.author, said.language) == ("", (), "", "fr")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2024-05-06 07:08:09 +0200", "2024-05-06T07:08:09+02:00"),
        ("2024-05-06 07:08", "2024-05-06T07:08:00+00:00"),
        ("Mon, 06 May 2024 07:08:09 +0000", "2024-05-06T07:08:09+00:00"),
        ("May 6, 2024", "2024-05-06T00:00:00+00:00"),
        ("6 May 2024", "2024-05-06T00:00:00+00:00"),
        ("2024/05/06", "2024-05-06T00:00:00+00:00"),
        ("2024-5-6", "2024-05-06T00:00:00+00:00"),
        ("2024-05", "2024-05-01T00:00:00+00:00"),
        ("20240506", "2024-05-06T00:00:00+00:00"),
        ("202405060708", "2024-05-06T07:08:00+00:00"),
        ("1714979289", "2024-05-06T07:08:09+00:00"),
        ("1714979289000", "2024-05-06T07:08:09+00:00"),
        ("May 6th, 2024", "2024-05-06T00:00:00+00:00"),
        ("Mon May  6 07:08:09 2024", "2024-05-06T07:08:09+00:00"),
        ("lundi 6 mai 2024 à 7h08", "2024-05-06T07:08:00+00:00"),
        ("1er août 2024", "2024-08-01T00:00:00+00:00"),
        ("06.05.2024", "2024-05-06T00:00:00+00:00"),
        ("25/12/2024", "2024-12-25T00:00:00+00:00"),
        ("12/25/2024", "2024-12-25T00:00:00+00:00"),
        ("2024-05-06 7:08 PM", "2024-05-06T19:08:00+00:00"),
        ("2024-05-06 12:08 am", "2024-05-06T00:08:00+00:00"),
        ("2024-05-06 07:08:09 -0230 (NST)", "2024-05-06T07:08:09-02:30"),
        ("05/06/2024", None),
        ("Fri Feb 30 2024", None),
        ("2024-05-06/2024-05-07", None),
        ("9" * 4000, None),
        ("soon", None),
    ],
)
def test_days_are_understood_as_people_write_them_unless_they_could_be_two(written: str, told: str | None) -> None:
    said = split(f"---\ndate: {written}\n---\n")[0]
    assert (said.created and said.created.isoformat()) == told
    assert ("not understood" in said.trouble) == (told is None)


def test_a_laughing_front_matter_is_not_laughed_at() -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12))
    begun = time.process_time()
    said, _ = split(f"---\nl0: &l0 ha\n{levels}\n---\nText")
    assert said.trouble
    assert time.process_time() - begun < 1


def test_values_of_the_wrong_kind_are_left_aside() -> None:
    said, _ = split("---\ntitle: {a: b}\nauthor: null\ndate: yesterday\ntags: {a: 1}\naliases: 7\nweight: heavy\n---\n")
    assert (said.title, said.author, said.created, said.tags, said.aliases) == ("", "", None, (), ("7",))


def test_what_no_database_keeps_is_left_out_of_names() -> None:
    said, _ = split('---\ntitle: "a\\0b c"\ntags: "x\\0, y"\nlang: "../x"\ndate: 0001-01-01\n---\n')
    assert (said.title, said.tags, said.language, said.created) == ("a b c", ("x", "y"), "", None)
