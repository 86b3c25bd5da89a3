"""SECURITY row 15: rights are computed at use; whoever is removed, or leaves, can do nothing more, by any verb."""

import pytest

from palabre.items.models import Item
from palabre.kit.policy import actions, may
from palabre.people.models import Person
from palabre.spaces.models import Space

pytestmark = pytest.mark.django_db
VERBS = [
    ("get", "/spaces/reseau/"),
    ("get", "/spaces/reseau/members/"),
    ("get", "/spaces/reseau/readers/"),
    ("post", "/spaces/reseau/settings/"),
    ("post", "/spaces/reseau/audience/"),
    ("post", "/spaces/reseau/archiving/"),
    ("post", "/spaces/reseau/members/"),
    ("post", "/spaces/reseau/joining/"),
    ("post", "/spaces/reseau/leaving/"),
    ("post", "/spaces/reseau/invitations/new/"),
    ("get", "/spaces/reseau/requests/"),
    ("get", "/spaces/reseau/rights/"),
]


@pytest.mark.parametrize(("method", "address"), VERBS)
def test_a_removed_steward_meets_a_closed_door(world, sign_in, method, address):
    client = sign_in(world.idrissa)
    assert getattr(client, method)(address).status_code != 404
    world.spaces["reseau"].refresh_from_db()
    world.spaces["reseau"].welcome(world.idrissa, "steward", world.marc)
    world.spaces["reseau"].dismiss(world.idrissa, world.marc)
    assert getattr(client, method)(address).status_code == 404


@pytest.mark.parametrize(("method", "address"), VERBS)
def test_who_has_left_is_a_stranger(world, sign_in, method, address):
    client = sign_in(world.marc)
    world.marc.leave(world.tom)
    answer = getattr(client, method)(address)
    assert answer.status_code in (302, 404)
    if answer.status_code == 302:
        assert answer["Location"].startswith("/account/login/")


def test_a_lowered_role_holds_at_once(world, sign_in):
    client = sign_in(world.idrissa)
    assert client.get("/spaces/reseau/settings/").status_code == 200
    world.spaces["reseau"].place(world.idrissa, "reader", world.marc)
    assert client.get("/spaces/reseau/settings/").status_code == 403


def test_no_action_on_a_space_is_left_to_who_has_left(world):
    world.marc.leave(world.tom)
    gone = Person.objects.get(pk=world.marc.pk)
    gone.is_active = True  # even if a session object were held somewhere
    for space in Space.objects.exclude(audience="public"):
        for action in actions():
            if action.startswith("space.") and action not in ("space.create", "space.ask"):
                assert not may(gone, action, space), action
    assert not Item.objects.visible_to(gone).exclude(space__audience="public").exists()
