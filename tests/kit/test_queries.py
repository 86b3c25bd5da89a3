"""Queries composed once give what the same querysets give."""

from contextlib import suppress

import psycopg
import pytest
from django.db import DataError, connection, transaction
from django.db.models import F, Value
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.items import seeing
from palabre.items.models import Item, asking
from palabre.journal.following import parameters
from palabre.kit import queries
from palabre.kit.queries import AFRESH, EITHER, ONCE, Prepared, Slot, embedded
from palabre.people.models import OPERATOR, Person
from palabre.spaces import sight
from palabre.spaces.models import Space


def test_a_prepared_query_gives_the_instances_of_its_queryset(world):
    found = Prepared(
        lambda: Person.objects.select_related("organisation").filter(pk__among=Slot("keys")).order_by("pk")
    )
    keys = [world.awa.pk, world.diego.pk]
    people = found(keys=keys)
    assert people == list(Person.objects.filter(pk__in=keys).order_by("pk"))
    assert [person.organisation for person in people] == [world.awa.organisation, world.diego.organisation]
    assert not people[0].get_deferred_fields()


def test_what_is_selected_beside_instances_comes_along_in_one_query(world, django_assert_num_queries):
    find = Prepared(lambda: Space.objects.as_known_to(Slot("person")).filter(slug="reseau"))
    with django_assert_num_queries(1):
        space = find.first(person=world.idrissa.pk)
    assert space.role == "steward"
    assert find.first(person=world.ines.pk).role is None


def test_the_same_prepared_query_answers_each_who_asks(world):
    find = Prepared(lambda: Person.objects.filter(pk=Slot("pk")).values_list("handle", "languages"))
    assert find(pk=world.awa.pk) == [("awa", world.awa.languages)]
    assert find(pk=world.marc.pk) == [("marc", world.marc.languages)]
    assert find(pk=0) == []


@pytest.mark.django_db(transaction=True)
def test_what_locks_asks_for_a_transaction_each_time(world):
    find = Prepared(lambda: Person.objects.select_for_update().filter(pk=Slot("pk")))
    with transaction.atomic():
        assert find.first(pk=world.awa.pk) == world.awa
    with pytest.raises(transaction.TransactionManagementError):
        find.first(pk=world.awa.pk)


def test_of_many_only_those_looked_at_are_made(world):
    people = Prepared(lambda: Person.objects.order_by("-name")).by_key()
    assert list(people) == list(Person.objects.order_by("-name").values_list("pk", flat=True))
    assert people.column("handle")[world.awa.pk] == "awa"
    assert world.awa.pk not in people.column("left_at")
    assert people[world.awa.pk] == world.awa
    assert people[world.awa.pk] is people[world.awa.pk]
    assert people.get(0) is None


def test_nobody_is_among_no_keys(world):
    assert not Person.objects.filter(pk__among=[]).exists()
    assert not Item.objects.filter(space__among=[]).exists()


@given(keys=st.lists(st.integers(0, 60), max_size=12))
@settings(max_examples=25)
def test_among_is_in(django_db_setup, django_db_blocker, keys):
    with django_db_blocker.unblock():
        among = Person.objects.filter(pk__among=keys).order_by("pk").values_list("pk", flat=True)
        assert list(among) == list(Person.objects.filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))


def test_an_embedded_queryset_keeps_percent_signs_and_names_its_values(world):
    inner, values = embedded(Person.objects.filter(handle__startswith="aw").values("pk"), "who")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT handle FROM people_person WHERE id IN ({inner}) AND handle LIKE '%%a'", values)
        assert cursor.fetchall() == [("awa",)]


def test_an_embedded_queryset_that_holds_nothing_finds_nothing(world):
    inner, values = embedded(Person.objects.none().values("pk"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM people_person WHERE id IN ({inner})", values)
        assert cursor.fetchone() == (0,)


CAST = ["tom", "nadia", "marc", "awa", "idrissa", "diego", "ines", "tidiane"]


@pytest.mark.parametrize("reader", [*CAST, None, OPERATOR], ids=[*CAST, "stranger", "operator"])
def test_what_is_written_out_sees_what_visible_to_sees(reader, demo_world):
    from django.contrib.auth.models import AnonymousUser

    person = getattr(demo_world, reader) if isinstance(reader, str) else reader or AnonymousUser()
    statement, values = seeing.visible(person)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        seen = {pk for (pk,) in cursor.fetchall()}
    assert seen == set(Item.objects.visible_to(person).values_list("pk", flat=True))
    if person is OPERATOR:
        return
    for unpublished in (False, True):
        asked = Prepared(lambda: Item.objects.visible_to_asker(unpublished=unpublished).values_list("pk"))  # noqa: B023
        seen = {pk for (pk,) in asked(**asking(person))}
        assert seen == set(Item.objects.visible_to(person, unpublished=unpublished).values_list("pk", flat=True))


@pytest.mark.parametrize("reader", [*CAST, None], ids=str)
def test_sight_is_what_spaces_say_is_visible(reader, world):
    from django.contrib.auth.models import AnonymousUser

    person = getattr(world, reader) if reader else AnonymousUser()
    assert set(sight.of(person).spaces) == set(Space.objects.visible_to(person).values_list("pk", flat=True))


def planned() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW plan_cache_mode")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("how", [AFRESH, EITHER, ONCE])
def test_how_a_query_is_planned_changes_nothing_of_what_it_finds_nor_what_is_asked_next(world, how):
    find = Prepared(lambda: Person.objects.filter(pk__among=Slot("keys")).order_by("pk"), planned=how)
    threshold = connection.connection.prepare_threshold
    for keys in ([world.awa.pk], [world.awa.pk, world.marc.pk], []) * 4:
        assert [person.pk for person in find(keys=keys)] == sorted(keys)
    assert (planned(), connection.connection.prepare_threshold) == ("auto", threshold)


def test_a_query_that_fails_leaves_its_way_of_planning_behind(world):
    find = Prepared(lambda: Person.objects.annotate(n=Value(1) / (F("pk") - Slot("pk"))), planned=ONCE)
    with pytest.raises(DataError), transaction.atomic():
        find(pk=world.awa.pk)
    assert planned() == "auto"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fails", [False, True])
def test_the_way_of_planning_ends_with_the_transaction_that_began_it(world, fails):
    find = Prepared(lambda: Person.objects.filter(pk=Slot("pk")), planned=ONCE)
    connection.close()
    with suppress(RuntimeError), transaction.atomic():
        find(pk=world.awa.pk)
        if fails:
            raise RuntimeError
    assert planned() == "auto"


@pytest.mark.django_db(transaction=True)
def test_a_connection_is_told_how_to_plan_only_where_that_changes(world):
    once = Prepared(lambda: Person.objects.filter(pk=Slot("pk")), planned=ONCE)
    either = Prepared(lambda: Person.objects.filter(pk=Slot("pk")), planned=EITHER)
    connection.close()
    either(pk=world.awa.pk)
    raw, told = connection.connection, []
    ask = raw.execute
    raw.execute = lambda statement: told.append(statement) or ask(statement)
    for find in (once, either, once):
        find(pk=world.awa.pk)
    assert told == ["SET plan_cache_mode TO force_generic_plan"]
    assert planned() == "auto"  # who is asked in between minds
    assert told == ["SET plan_cache_mode TO force_generic_plan", "RESET plan_cache_mode"]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_begins_as_the_database_likes(world):
    once = Prepared(lambda: Person.objects.filter(pk=Slot("pk")), planned=ONCE)
    once(pk=world.awa.pk)
    with suppress(RuntimeError), transaction.atomic():
        assert planned() == "auto"
        once(pk=world.awa.pk)
        raise RuntimeError
    assert planned() == "auto"
    once(pk=world.awa.pk)
    assert connection.connection.execute("SHOW plan_cache_mode").fetchone()[0] == "force_generic_plan"


@pytest.mark.django_db(transaction=True)
def test_any_queryset_can_be_planned_afresh(world):
    once = Prepared(lambda: Person.objects.filter(pk=Slot("pk")), planned=ONCE)
    once(pk=world.awa.pk)
    threshold = connection.connection.prepare_threshold
    with queries.planned(AFRESH):
        assert (planned(), connection.connection.prepare_threshold) == ("auto", None)
        assert Person.objects.get(pk=world.awa.pk) == world.awa
    assert connection.connection.prepare_threshold == threshold


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", [AFRESH, EITHER, ONCE])
def test_who_comes_after_the_database_went_is_answered_by_another_connection(world, how):
    find = Prepared(lambda: Person.objects.filter(pk=Slot("pk")), planned=how)
    find(pk=world.awa.pk)
    assert planned() == "auto"  # so that to keep plans must be said again
    lost = connection.connection
    with psycopg.connect(**parameters()) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [lost.info.backend_pid])
    connection.health_check_enabled, connection.health_check_done = True, False  # as at the beginning of a request
    try:
        assert find(pk=world.awa.pk) == [world.awa]
    finally:
        connection.health_check_enabled = False
    assert connection.connection is not lost
    assert connection.connection.prepare_threshold is not None
