"""Every rule is explained, in both languages, by an example that counts as it says."""

import re

import pytest
from django.utils.translation import override

from palabre.counting import explained, ties
from palabre.counting.examples import EXAMPLES
from palabre.counting.rules import RULES
from palabre.counting.stv.meek import MeekSTV


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_an_example_that_counts_as_it_says(name):
    example = EXAMPLES[name]
    result = example.rule.count(example.poll)
    assert example.rule.name == name
    assert result.winners == result.sure == example.winners


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_rule_and_every_rule_for_ties_is_explained_in_two_sentences(language):
    assert set(explained.RULES) == set(RULES) == set(EXAMPLES)
    assert set(explained.TIES) == set(ties.RULES)
    with override(language):
        for name, each in (explained.RULES | explained.TIES).items():
            assert len(re.findall(r"[.?!](?:\s|$)", str(each.sentences))) == 2, (language, name, str(each.sentences))
            assert str(each.example).endswith(".")
            assert str(each.name)


def test_the_words_have_their_french():
    with override("fr"):
        assert str(explained.RULES["majority-judgement"].name) == "Jugement majoritaire"


def test_meeks_example_tells_the_numbers_of_its_count():
    stages = EXAMPLES["meek-stv"].rule.count(EXAMPLES["meek-stv"].poll).details.stages
    assert isinstance(EXAMPLES["meek-stv"].rule, MeekSTV)
    assert (stages[0].quota, stages[0].votes["chocolate"]) == (5, 12)
    assert round(float(stages[1].keeps["chocolate"]) * 12, 3) == 5
    assert stages[1].votes["strawberry"] > 5
    assert [stage.elected for stage in stages if stage.elected] == [("chocolate",), ("strawberry",), ("orange",)]
