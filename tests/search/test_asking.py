"""Searching as somebody: what is found, and what never is."""

from typing import Any

import pytest
from django.utils import timezone

from palabre.authoring import derivation, writing
from palabre.items.models import Item
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


def test_what_is_found_by_a_tag_alone_is_shown_as_it_begins(written: Any, index: Any) -> None:
    item = writing.publish("page", written.spaces["maison"], written.coumba, "La cour", "Un arbre y donne de l’ombre.")
    derivation.hand_over("tags", [(item, ["palabres"])], written.coumba)
    index()
    (found,) = ask(written.awa, "palabres").results
    assert (found.item, found.passage) == (item, "Un arbre y donne de l’ombre.")


def test_the_start_of_a_title_suggests_it(written: Any) -> None:
    assert [result.item.title for result in suggest(written.awa, "bouclage op")] == ["Bouclage optique de Thiès"]
    assert suggest(written.grace, "bouclage op") == []


@pytest.mark.parametrize("mistaken", ["horraire", "horarie", "horaie", "ohraire", "oraires", "écolle"])
def test_a_mistake_is_forgiven_whatever_the_form_of_the_word(written: Any, mistaken: str) -> None:
    """The text says "horaires" and "école"."""
    answer = ask(written.awa, mistaken)
    assert [result.item.title for result in answer.results] == ["Les horaires d’été"]
    assert answer.meant in ("horaires", "école")


def test_words_that_no_text_can_hold_find_nothing(written: Any) -> None:
    for text in ("l'@", "f" * 128, "l'@ kind:page", f"-horaires {'f' * 128}"):
        assert titles(written.awa, text) == [], text
        assert ask(written.awa, text).is_in_vain, text
    assert titles(written.awa, f"{'f' * 128} horaires") == ["Les horaires d’été"]


def test_a_long_run_of_a_writing_without_spaces_is_found(written: Any, index: Any) -> None:
    run = "今日は町の全ての家に新しい光の線を引く仕事が始まりましたのでよろしく"
    item = writing.publish("page", written.spaces["maison"], written.coumba, "お知らせ", f"{run}お願いします")
    Item.objects.filter(pk=item.pk).update(language="ja")
    index()
    assert len(run) > 27
    assert titles(written.awa, run) == ["お知らせ"]
    assert titles(written.awa, f'"{run}"') == ["お知らせ"]


def test_a_day_is_that_of_the_reader(written: Any, index: Any) -> None:
    item = writing.publish("page", written.spaces["maison"], written.coumba, "Minuit", "Une cloche.")
    Item.objects.filter(pk=item.pk).update(published_at="2026-03-31T22:30Z")  # past midnight in Paris
    index()
    for zone, found in (("Europe/Paris", []), ("America/Toronto", ["Minuit"])):
        with timezone.override(zone):
            assert titles(written.awa, "cloche before:2026-04-01") == found
