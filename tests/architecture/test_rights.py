"""The rules agree with the table written by hand, for each of the cast and each space."""

import pytest
from django.contrib.auth.models import AnonymousUser

from palabre.items.models import Item, State
from palabre.kit.policy import may
from palabre.people.models import Person
from palabre.spaces.models import Space
from tests.architecture import rights

AUTHOR = {
    "reseau": "coumba", "service-client": "grace", "direction": "lea", "maison": "awa",
    "produit": "binta", "installateurs": "tidiane", "entraide": "ines", "le-fil": "grace",
}  # fmt: skip


def person(world, key):
    return getattr(world, key) if key else AnonymousUser()


@pytest.mark.parametrize("space", rights.READERS)
def test_each_of_the_cast_reads_writes_and_stewards_as_the_table_says(world, space):
    item = Item.objects.create(
        kind="page", space=world.spaces[space], author=getattr(world, AUTHOR[space]), title="Une page"
    )
    granted: dict[str, set] = {"read": set(), "write": set(), "steward": set(), "shape": set(), "comment": set()}
    for key in rights.CAST:
        who = person(world, key)
        if Item.objects.visible_to(who).filter(pk=item.pk).exists():
            granted["read"].add(key)
        for action, name in [("write", "space.write"), ("steward", "space.steward")]:
            if may(who, name, item.space):
                granted[action].add(key)
        for action in ("shape", "comment"):
            if may(who, f"item.{action}", item):
                granted[action].add(key)
    assert granted == {
        "read": set(rights.READERS[space]),
        "write": set(rights.WRITERS[space]),
        "steward": set(rights.STEWARDS[space]),
        "shape": rights.shapers(space, AUTHOR[space]),
        "comment": rights.commenters(space),
    }


def test_the_question_for_one_and_the_list_of_all_agree(world):
    """For each person: what a list shows is what the doors let in, one by one."""
    for space in world.spaces.values():
        for state in State:
            Item.objects.create(kind="page", space=space, author=world.marc, title=f"{space} {state}", state=state)
    for key in rights.CAST:
        who = person(world, key)
        seen = {space.pk for space in Space.objects.visible_to(who)}
        listed = set(Item.objects.visible_to(who).values_list("space", flat=True))
        assert listed <= seen, key
        assert {s.pk for s in Space.objects.visible_to(who) if may(who, "space.read", s)} == seen, key


@pytest.mark.parametrize("key", rights.CAST)
def test_people_meet_whom_the_table_says(world, key):
    met = {met.handle for met in Person.objects.visible_to(person(world, key))}
    assert met & (rights.EVERYBODY | {"moussa", "relais"}) == rights.MEETS[key] - {None}
