"""Searching as somebody: what is found, and what never is."""

from typing import Any

import pytest

from palabre.authoring import writing
from palabre.people.models import OPERATOR
from palabre.search.asking import ask, suggest


def titles(person: Any, text: str, **options: Any) -> list[str]:
    return [result.item.title for result in ask(person, text, **options).results]


@pytest.fixture
def written(world: Any, index: Any) -> Any:
    """A page the network team alone may read, and one for the whole house."""
    writing.publish("page", world.spaces["reseau"], world.coumba, "Bouclage optique de Thiès", "La bobine quatrième.")
    writing.publish("page", world.spaces["maison"], world.coumba, "Les horaires d’été", "L’école ouvre à huit heures.")
    index()
    return world


def test_what_one_has_just_written_is_found(written: Any) -> None:
    assert titles(written.coumba, "bobine") == ["Bouclage optique de Thiès"]


def test_a_word_is_found_by_its_other_forms_and_without_its_accents(written: Any) -> None:
    assert titles(written.awa, "ecoles") == ["Les horaires d’été"]
    assert titles(written.awa, "l'ecole") == ["Les horaires d’été"]


def test_nobody_finds_what_they_may_not_see(written: Any) -> None:
    assert titles(written.grace, "bobine") == []
    assert ask(written.grace, "bobine").total == 0


def test_the_operator_finds_all(written: Any) -> None:
    assert titles(OPERATOR, "bobine") == ["Bouclage optique de Thiès"]


def test_the_start_of_a_title_suggests_it(written: Any) -> None:
    assert [result.item.title for result in suggest(written.awa, "bouclage op")] == ["Bouclage optique de Thiès"]
    assert suggest(written.grace, "bouclage op") == []
