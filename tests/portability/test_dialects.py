"""What other tools add to Markdown comes in as ours, and code that shows it stays what it is."""

import time

import pytest

from palabre.authoring.rendering import render
from palabre.portability.markdown import vault
from palabre.portability.markdown.dialects import ours


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        (":::tip Digging\nCall.\n\nThen dig.\n:::\nAfter", "> [!TIP] Digging\n> Call.\n>\n> Then dig.\n\nAfter"),
        (":::warning[Live fibre]\nNever look in.\n:::", "> [!WARNING] Live fibre\n> Never look in."),
        ("::: danger\n\nStop.\n\n:::\n", "> [!CAUTION]\n> Stop.\n"),
        ('!!! note inline "Ladders"\n    Two.\n\n    - one\nAfter', "> [!NOTE] Ladders\n> Two.\n>\n> - one\n\nAfter"),
        ("??? info\n    Folded.", "> [!NOTE]\n> Folded."),
        ('{% hint style="success" %}\nDone.\n{% endhint %}', "> [!TIP]\n> Done."),
        ("> [!bug]- Known\n> It blinks.", "> [!CAUTION]- Known\n> It blinks."),
        ("::::info\n:::tip\nInner\n:::\n::::", "> [!NOTE]\n> > [!TIP]\n> > Inner"),
        ("- step\n\n  :::note\n  Read.\n  :::", "- step\n\n  > [!NOTE]\n  > Read."),
        ('{{< figure src="/img/a b.png" alt="The [cabinet]" >}}', "![The cabinet](</img/a b.png>)"),
        ("Seen at #area/south/Thiès.", "Seen at #area-south-Thiès."),
        ("<img src={require('./a b.png').default} />", '<img src="./a b.png" />'),
        ("Said {/* not -- aloud */} here.", "Said <!-- not - - aloud --> here."),
        ("## Two parts {#second}\n\n[there](#second)", "## Two parts\n\n[there](#two-parts)"),
    ],
)  # fmt: skip
def test_what_they_write_is_written_as_we_do(theirs: str, expected: str) -> None:
    assert ours(theirs)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "```\n:::tip\nx\n:::\n!!! note\n    y\n## A {#b}\n```",
        "~~~~md\n```\n:::note\n~~~\n> [!bug]\n~~~~",
        ":::tabs\nNo note of ours\n:::",
        ":::tip never closed\nText",
        "> [!important] Ours already\n> Text",
        "!!! Note that this is said aloud",
        "!!! note",
        "A set {#1, 2} in a line",
        "[a](#b/c) x#d/e `sort #f/g`",
        "Write `{/* x */}`",
    ],
)
def test_code_and_what_is_no_note_are_left_alone(text: str) -> None:
    assert ours(text) == (text, {})


def test_what_a_heading_was_called_leads_to_it() -> None:
    source, names = ours("# The `box` {#the-box}\n\n## Opening [it](x.md) {: #open .big }\n\n## Same {#same}")
    assert names == {"open": "opening-it"}
    assert 'id="s-opening-it"' in render(source).html


def test_a_note_brought_in_is_drawn_as_one() -> None:
    html = render(ours("Before\n:::tip\n```\ncode\n```\n:::\nAfter")[0]).html
    assert 'class="note good"' in html and "<pre" in html
    assert html.rstrip().endswith("<p>After</p>")


@pytest.mark.parametrize(
    "text",
    [
        ":::tip\n" * 50_000,
        ":::tip\n" * 5_000 + ":::\n" * 5_000,
        "::::tip\n:::\n" * 20_000,
        '{% hint style="info" %}\n' * 30_000,
        "!!! note" + " " * 200_000 + "x",
        "# a" + " " * 200_000 + "}",
        "{{< figure " * 20_000,
        ":::\n" + "> " * 100_000,
        "\n".join("    " * depth + "!!! note" for depth in range(500)),
        "%%" * 100_001 + " " * 200_000 + "x",
        "^a " * 100_000 + "\n" + "~~~\n%%" * 50_000,
        "{/*" * 50_000,
        "={require('" * 50_000,
    ],
)
def test_what_never_ends_is_read_in_a_moment(text: str) -> None:
    begun = time.process_time()
    ours(vault.shown(text))
    assert time.process_time() - begun < 3
