"""How to enter is said at the start: only what opens a door is."""

import pytest

from palabre.demo.cast import PASSWORD
from palabre.project.preparation import say_how_to_enter

pytestmark = pytest.mark.django_db


def said(capsys):
    say_how_to_enter()
    return capsys.readouterr().out


def test_the_accounts_of_the_demo_world_are_told_with_the_password_that_opens_them(world, capsys):
    world.tom.set_password(PASSWORD)
    world.tom.save()
    lines = said(capsys).splitlines()
    assert PASSWORD in lines[0]
    assert lines[1].split() == ["tom@teranga.example", "Tom", "Diallo-Weber,", "administrator"]
    assert any(world.awa.email in line for line in lines)


@pytest.mark.parametrize("other", [None, "the-mango-tree-in-april"])
def test_they_are_not_where_it_opens_nothing(world, capsys, other):
    """As in a house taken back from its export, which carries no password."""
    world.tom.set_password(other)
    world.tom.save()
    assert said(capsys) == ""
