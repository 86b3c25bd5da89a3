"""What points elsewhere in a Markdown source is found where it stands, and only there."""

import csv
import time
from collections import Counter
from urllib.parse import unquote

import pytest

from palabre.portability.markdown import pointers
from palabre.portability.markdown.front_matter import split


def targets(source: str) -> list[tuple[str, str]]:
    return [(each.form, each.target) for each in pointers.read(source).pointers]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("[a](b.md)", [("link", "b.md")]),
        ("[a](<b c.md> 'title')", [("link", "b c.md")]),
        ("[a](b c.md)", [("link", "b c.md")]),
        ("[a](b%20c.md#part)", [("link", "b%20c.md#part")]),
        ("[a](b_(c).md)", [("link", "b_(c).md")]),
        ("[a [nested] *b*](c.md)", [("link", "c.md")]),
        ('![a](b.png "t")', [("image", "b.png")]),
        ("[![a](b.png)](c.md)", [("image", "b.png"), ("link", "c.md")]),
        ("[a][r]\n\n[r]: ../b.md 'title'", [("reference", "../b.md")]),
        ("[r]\n\n[R]: <b c.md>", [("reference", "b c.md")]),
        ("[unused]: b.md", []),
        ("[[Home]] and ![[picture.png|300]]", [("wiki", "Home"), ("embed", "picture.png")]),
        ("<a class='x' href='b.md'>b</a> <img src=c.png>", [("tag", "b.md"), ("tag", "c.png")]),
        ('[a]({{< ref "b.md" >}})', [("link", '{{< ref "b.md" >}}')]),
        ("[a]({{ site.baseurl }}/b/)", [("link", "{{ site.baseurl }}/b/")]),
        ("[a](https://x.example) [b](#c) [d](mailto:e@f.example) [g]()", []),
        ("`[a](b.md)` and `` [c](d.md) ``", []),
        ("```\n[a](b.md)\n```", []),
        ("    [a](b.md)\n", []),
        ("<!-- [a](b.md) -->", []),
        (r"\[a](b.md) and [c\](d.md)", []),
        ("- item\n\n    [a](b.md)\n", [("link", "b.md")]),
        ("| a | b |\n| - | - |\n| [x](c.md) | `[y](d.md)` |", [("link", "c.md")]),
        ("a ` b [c](d.md)", [("link", "d.md")]),
    ],
)
def test_pointers_are_found_where_commonmark_and_wikis_see_them(source: str, found: list[tuple[str, str]]) -> None:
    assert targets(source) == found


def test_what_stands_in_code_and_comments_is_told_apart_from_samples_between_fences() -> None:
    reading = pointers.read("`[a](b.md)`\n\n<!-- [c](d.md) -->\n\n```\n[e](f.md)\n```\n")
    assert (reading.in_code, reading.in_comments) == (("b.md",), ("d.md",))


@pytest.mark.parametrize("mark", ["\f", "\v", "\x1c", "\x85", "\u2028", "\u2029"])
def test_what_is_no_end_of_a_line_to_the_parser_hides_no_link(mark: str) -> None:
    """Page breaks and the line marks of word processors, pasted into a text, shift nothing that stands below them."""
    source = f"one{mark}two{mark}three{mark}four\n\n[a](b.md)\n\n```\n[c](d.md)\n```\n\n[e](f.md)\n"
    reading = pointers.read(source)
    assert [each.target for each in reading.pointers] == ["b.md", "f.md"]
    assert reading.in_code == ()


def test_replacing_touches_nothing_but_the_targets() -> None:
    source = 'Before [a](b.md "t"), ![[c d.png|x]], [e][f] and <a href="g&amp;h.md">i</a>.\n\n[f]: <j k.md>\n'
    reading = pointers.read(source)
    changes = [(each, pointers.said(each, f"/pages/{n}/")) for n, each in enumerate(reading.pointers)]
    assert pointers.replace(source, changes) == (
        'Before [a](/pages/0/ "t"), ![x](/pages/1/), [e][f] and <a href="/pages/2/">i</a>.\n\n[f]: /pages/3/\n'
    )
    assert pointers.replace(source, []) == source


@pytest.mark.parametrize(
    "piece",
    ["`a ", "[", "<a ", '<a x="', "<!--", "[[", "[a](", "[a](b (", "[a]({{<", "[a](\n", '[a](b "', "[a]: \n", "![[a|"],
)
def test_no_source_takes_long_to_read(piece: str) -> None:
    begun = time.process_time()
    pointers.read(piece * (100_000 // len(piece)))
    assert time.process_time() - begun < 3


@pytest.mark.corpus
def test_the_links_of_a_real_handbook_are_all_found(corpus) -> None:
    handbook = corpus("wiki-sourcegraph-handbook-en")
    with (handbook / "links.tsv").open(newline="") as file:
        listed = Counter(
            (row["from"], row["href"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        )
    found: Counter[tuple[str, str]] = Counter()
    for path in (handbook / "pages").rglob("*.md"):
        reading = pointers.read(split(path.read_text())[1])
        for target in (*(each.target for each in reading.pointers), *reading.in_code, *reading.in_comments):
            found[path.relative_to(handbook / "pages").as_posix(), unquote(target.partition("#")[0])] += 1
    assert not listed - found
