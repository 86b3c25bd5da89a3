"""Themes: texts that share a word stand together, in French and in English."""

from palabre.measuring.themes import group

TEXTS = [
    "Trop de coupures en saison des pluies",
    "La coupure de mardi a duré six heures",
    "Encore une COUPURE, c’est la troisième",
    "Des coupures le soir",
    "Coupé pendant le match",
    "Le prix est trop élevé",
    "Mon voisin a un meilleur prix",
    "Des prix plus clairs",
    "Bravo au technicien",
]


def test_texts_that_share_a_word_stand_together_the_largest_theme_first():
    themes = group(TEXTS)
    assert [(theme.word, len(theme.texts)) for theme in themes] == [("coupures", 4), ("prix", 3), ("", 2)]
    assert sorted(text for theme in themes for text in theme.texts) == sorted(TEXTS)


def test_words_that_say_nothing_make_no_theme():
    assert [theme.word for theme in group(["It is not for me", "Not for us", "Why not, for now", "Pas pour moi"])] == [
        ""
    ]


def test_few_texts_have_no_theme():
    assert group([]) == []
    assert [theme.word for theme in group(["Le débit", "Un débit"])] == [""]
