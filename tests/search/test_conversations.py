"""Messages are found by who takes part, as comments are, and lead to where they were said; by nobody else."""

from typing import Any

import pytest

from palabre.conversations.models import Conversation
from palabre.kit.html import strip
from palabre.people.models import OPERATOR
from palabre.search.asking import ask, suggest


@pytest.fixture
def said(world: Any, index: Any) -> Any:
    group = Conversation.objects.start(world.awa, [world.marc, world.lea], name="Chantier de Mbour")
    group.say(world.awa, "La bobine quatrième est vide.")
    part = group.add([world.coumba], world.awa)
    part.say(world.marc, "On commande un touret.")
    index()
    return group, part


def test_who_takes_part_finds_what_was_said(world: Any, said: Any, sign_in: Any) -> None:
    group, _part = said
    assert [result.item for result in ask(world.lea, "bobine").results] == [group.item]
    shown = sign_in(world.lea).get("/search/?q=bobine").content.decode()
    assert f"{group.item.get_absolute_url()}?q=bobine" in shown
    led = sign_in(world.lea).get(f"{group.item.get_absolute_url()}?q=bobine").content.decode()
    assert f'href="/comments/{group.item.comments.get().pk}/"' in led


@pytest.mark.parametrize("reader", ["tom", "nadia", "tidiane", "grace"])
def test_nobody_else_does_administrators_included(world: Any, said: Any, reader: str) -> None:
    person = getattr(world, reader)
    for words in ("bobine", "touret", "Chantier"):
        assert ask(person, words).total == 0
        assert suggest(person, words) == []
    assert ask(OPERATOR, "bobine").total == 0


def test_a_newcomer_finds_what_is_said_from_then_on(world: Any, said: Any) -> None:
    _group, part = said
    assert ask(world.coumba, "bobine").total == 0
    assert [result.item for result in ask(world.coumba, "touret").results] == [part.item]


def test_no_space_without_a_name_is_offered_to_narrow_a_search(world: Any, said: Any, sign_in: Any) -> None:
    group, part = said
    shown = sign_in(world.awa).get("/search/?q=touret").content.decode()
    assert "On commande un" in shown
    assert group.item.space.slug not in shown
    assert part.item.space.slug not in shown


def test_it_is_found_and_offered_under_the_name_of_the_others(world: Any, index: Any, sign_in: Any) -> None:
    talk = Conversation.objects.start(world.awa, [world.marc])
    talk.say(world.awa, "Le perroquet du gardien.")
    index()
    for reader, other in ((world.awa, world.marc), (world.marc, world.awa)):
        [found] = ask(reader, "perroquet").results
        assert strip(found.title) == other.name
    offered = sign_in(world.marc).get("/search/suggest/?q=awa").content.decode()
    row = strip(offered.split(talk.item.get_absolute_url())[1].split("</a>")[0])
    assert f"{world.awa.name}Conversation" in row and world.marc.name not in row
