"""What somebody sees is kept from one request to the next only while nothing has changed of what it was made of."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from palabre.people.models import Organisation, Person
from palabre.signals.models import Follow
from palabre.spaces import sight
from palabre.spaces.asks import asked_of
from palabre.spaces.models import Keeper, Membership, Request, Space


def told(person) -> list[tuple]:
    """All that a sight says."""
    seen = sight.of(person)
    spaces = [(pk, str(space), space.slug, space.audience, space.purpose) for pk, space in seen.spaces.items()]
    known = [sorted(each.items()) for each in (seen.archived, seen.roles, seen.kept)]
    known.append(sorted(seen.counted.items()))
    return [spaces, *known, seen.mine, seen.stewarded, sorted(seen.apart)]


def told_briefly(person) -> list[tuple]:
    """The same to who changes something: what is counted is found when it is looked at."""
    return told(sight.keeping(Person.objects.get(pk=person.pk), sight.BRIEFLY))


def anew(person) -> list[tuple]:
    """The same, with nothing kept."""
    sight._rights.clear()
    return told(person)


def join(world):
    Membership.objects.create(space=world.spaces["direction"], person=world.awa, role="reader")


def rise(world):
    world.spaces["reseau"].place(world.awa, "steward", by=world.marc)


def leave(world):
    world.spaces["reseau"].dismiss(world.awa, by=world.marc)


def keep(world):
    Keeper.objects.create(space=world.spaces["produit"], person=world.awa)


def archive(world):
    world.spaces["produit"].archive(world.marc)


def rename(world):
    Space.objects.filter(slug="produit").update(name="Autre chose")


def move(world):
    world.spaces["produit"].move_to("ailleurs", world.marc)


def close(world):
    world.spaces["produit"].open_to("team", [], world.marc)


def found(world):
    Space.objects.found(world.marc, name="Un espace de plus", audience="company")


def talk(world):
    Space.objects.gather([world.awa, world.tom], world.awa)


def delete(world):
    space = Space.objects.found(world.marc, name="Un espace de trop", audience="company")
    told(world.awa)
    space.delete()


ONE_S_OWN = [join, rise, leave, keep, archive, rename, move, close, found, talk, delete]


@pytest.mark.parametrize("change", ONE_S_OWN)
def test_what_changes_is_seen_at_once(world, change):
    before = told(world.awa)
    assert told(world.awa) == before
    change(world)
    assert told_briefly(world.awa) == told_briefly(world.awa)
    after = told(world.awa)
    assert after == anew(world.awa) == told_briefly(world.awa)
    assert (after == before) == (change is delete)


def test_a_partner_sees_what_their_organisation_is_invited_to_and_no_longer(world):
    space, theirs = world.spaces["produit"], world.tidiane.organisation
    before = told(world.tidiane)
    space.open_to("partners", [theirs], world.marc)
    assert space.pk in sight.of(world.tidiane).spaces
    space.open_to("partners", [Organisation.objects.exclude(pk=theirs.pk).first()], world.marc)
    assert space.pk not in sight.of(world.tidiane).spaces
    space.open_to("company", [], world.marc)
    assert told(world.tidiane) == before == anew(world.tidiane)


def test_who_changes_sides_or_leaves_sees_as_such(world):
    told(world.awa)
    world.awa.side = "customer"
    assert told(world.awa) == anew(world.awa)
    world.awa.is_active = False
    assert told(world.awa) == anew(world.awa)


def test_two_changes_in_one_transaction_are_two(world):
    mine = world.spaces["reseau"].memberships.get(person=world.awa)
    for role in ("steward", "reader", "contributor"):
        mine.role = role
        mine.save()
        assert sight.of(world.awa).roles[world.spaces["reseau"].pk] == role


def test_what_is_taken_back_was_not(world):
    before = told(world.awa)
    with pytest.raises(RuntimeError), transaction.atomic():
        join(world)
        assert told(world.awa) != before
        raise RuntimeError
    assert told(world.awa) == before


def test_what_is_kept_is_nobody_else_s_and_looked_through_in_one_query(world):
    for person in (world.awa, world.marc, AnonymousUser()):
        first = anew(person)
        with CaptureQueriesContext(connection) as asked:
            assert told(person) == first
        asked = [each["sql"] for each in asked if "plan_cache_mode" not in each["sql"]]
        assert len(asked) == 1 and "purpose" not in asked[0]
    assert told(world.awa) != told(world.marc)


def test_who_changes_something_counts_nothing_until_it_is_shown(world):
    told(world.awa)
    person = sight.keeping(Person.objects.get(pk=world.awa.pk), sight.BRIEFLY)
    with CaptureQueriesContext(connection) as asked:
        seen = sight.of(person)
    asked = [each["sql"] for each in asked if "plan_cache_mode" not in each["sql"]]
    assert len(asked) == 1 and "signals_entry" not in asked[0]
    Follow.objects.create(person=world.awa, space=world.spaces["reseau"], level="quiet")
    assert seen.counted["followed"] == sight.of(world.awa).counted["followed"]


def test_nothing_of_one_request_is_in_the_next(world):
    told(world.awa)
    first = sight.of(world.awa).spaces[world.spaces["produit"].pk]
    first.name = "Only here"
    assert sight.of(world.awa).spaces[world.spaces["produit"].pk].name != "Only here"


def test_what_is_counted_is_counted_each_time(world):
    space = world.spaces["reseau"]
    told(world.marc)
    Follow.objects.create(person=world.marc, space=space, level="quiet")
    assert told(world.marc) == anew(world.marc)
    assert asked_of(world.marc) == []
    asked = Request.objects.create(space=space, person=world.lea)
    assert asked_of(world.marc) == [(space, 1)]
    assert told(world.marc) == anew(world.marc)
    assert asked_of(world.awa) == []
    asked.grant("reader", "", world.marc)
    assert asked_of(world.marc) == []
