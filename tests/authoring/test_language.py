"""The model that processes map tells languages apart as the one it was unpacked from."""

import pytest

from palabre.authoring import language

TEXTS = (
    "La fibre est tirée demain matin devant la maison du marché.",
    "The trench is closed and nobody has told the customer yet.",
    "ASSEMBLÉE GÉNÉRALE DES ABONNÉS",
    "Der Graben ist zu, und niemand hat es dem Kunden gesagt.",
    "これは短い文です。",
    "12 34 …",
    "",
)


@pytest.fixture(scope="module")
def mapped(tmp_path_factory):
    folder = tmp_path_factory.mktemp("languages")
    language.unpack(folder)
    return language._mapped(folder)


def test_the_mapped_model_says_what_the_packed_one_says(mapped):
    packed = language._packed()
    assert [mapped.classify(text) for text in TEXTS] == [packed.classify(text) for text in TEXTS]


def test_what_is_served_uses_the_mapped_one():
    assert isinstance(language._identifier().tk_nextmove, memoryview)
