"""What a page is called: its first heading, wherever that stands, in plain words."""

import pytest

from palabre.portability.markdown.heading import BEFORE, headed


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("# The garden\n\nText.\n", "The garden", "\nText.\n"),
        ("The garden\n==========\nText.\n", "The garden", "Text.\n"),
        ("[![build](a.svg)](b)\n\n# The garden\n\nText.\n", "The garden", "[![build](a.svg)](b)\n\n\nText.\n"),
        ("(label)=\n\nThe garden\n===\n\nText.\n", "The garden", "(label)=\n\n\nText.\n"),
        ("# Seeds &amp; *soil* {: #seeds .wide}\n", "Seeds & soil", ""),
        ("# [The `garden`](x.md) {#g}\n", "The garden", ""),
        ("Words.\n\n## A part\n\n# The garden\n", "", "Words.\n\n## A part\n\n# The garden\n"),
        ("```\n# a remark of code\n```\n\nText.\n", "", "```\n# a remark of code\n```\n\nText.\n"),
        ("> # Said by another\n\nText.\n", "", "> # Said by another\n\nText.\n"),
        ("<!--\n# not yet\n-->\n\nText.\n", "", "<!--\n# not yet\n-->\n\nText.\n"),
        ("Text.\n", "", "Text.\n"),
        ("", "", ""),
    ],
)
def test_the_first_heading_of_the_first_rank_is_the_title(text: str, title: str, rest: str) -> None:
    assert headed(text) == (title, rest)


def test_a_heading_far_down_is_a_part_of_the_text() -> None:
    text = f"{'A long beginning. ' * (BEFORE // 16)}\n\n# Late\n"
    assert headed(text) == ("", text)


def test_what_is_looked_through_is_kept_to_its_last_letter() -> None:
    after = "\n".join(f"Line {number} of the text." for number in range(BEFORE // 10))
    assert headed(f"% a remark\n\n# The garden\n{after}") == ("The garden", f"% a remark\n\n{after}")


def test_a_heading_that_is_cut_in_two_is_left_where_it_stands() -> None:
    text = f"{'x' * (BEFORE - 8)}\n\n# The garden of the house\n"
    assert headed(text) == ("", text)
