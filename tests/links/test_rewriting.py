"""Former titles in texts become the present one, outside code."""

import time

import pytest

from palabre.links.rewriting import renamed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("see [[Old]] and [[Old#part|there]]", "see [[New]] and [[New#part|there]]"),
        ("`[[Old]]` [[Old]] ``a ` [[Old]]``", "`[[Old]]` [[New]] ``a ` [[Old]]``"),
        ("```\n[[Old]]\n```\n[[Old]]", "```\n[[Old]]\n```\n[[New]]"),
        ("a ` alone [[Old]] `` and two", "a ` alone [[New]] `` and two"),
        ("[[Other]] [[Old|its `name`]]", "[[Other]] [[New|its `name`]]"),
    ],
)
def test_links_take_the_title_and_code_stays(before, after):
    assert renamed(before, {"old"}, "New") == after


def test_a_former_title_may_have_a_hash_in_it():
    before = "[[C# for all]] [[C# for all|it]] [[C#part]]"
    assert renamed(before, {"c# for all"}, "New") == "[[New]] [[New|it]] [[C#part]]"


def test_backticks_that_nothing_ends_are_read_in_a_moment():
    begun = time.process_time()
    renamed("a".join("`" * length for length in range(1, 400)) + "[[Old]]", {"old"}, "New")
    assert time.process_time() - begun < 8, "it was a minute and more"
