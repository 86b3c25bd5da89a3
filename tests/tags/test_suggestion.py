"""Tags suggested for the text at hand."""

from palabre.tags.suggestion import for_text, phrases


def test_a_tag_the_text_names_is_suggested_whatever_its_accents_or_number():
    vocabulary = {"fibre": 40, "eligibilite": 3, "vacances": 5, "recette": 7}
    text = "Une adresse d'éligibilité. La Fibre passe, la fibre reste ; deux recettes."
    assert for_text(text, vocabulary) == ["eligibilite", "recette", "fibre"]


def test_a_tag_of_several_words_is_recognised_and_preferred():
    vocabulary = {"rendez-vous": 4, "point-de-repere": 4, "point": 4}
    assert for_text("Notez le point de repère du client.", vocabulary)[0] == "point-de-repere"


def test_tags_that_go_with_those_present_are_suggested_and_those_present_are_not():
    together = {"fibre": {"raccordement": 9, "ont": 2}}
    vocabulary = {"fibre": 10, "raccordement": 12, "ont": 3}
    assert for_text("", vocabulary, together, present=["fibre"]) == ["raccordement", "ont"]


def test_nothing_outside_the_readers_vocabulary_is_ever_suggested():
    assert for_text("secret", {}, {"fibre": {"secret": 3}}, present=["fibre"]) == []


def test_phrases_count_runs_of_words():
    assert phrases("Fibre, fibre à Thiès")["fibre"] == 2
    assert phrases("Fibre à Thiès")["fibre-a-thies"] == 1
