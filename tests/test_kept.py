"""A test that commits leaves nothing to the next, in no table, and finds the world whole."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from palabre.authoring.writing import publish
from palabre.items.models import Item
from palabre.people.models import Person
from palabre.project.upkeep import delete_old_sessions
from palabre.spaces.models import Membership, Space
from tests import kept

pytestmark = pytest.mark.django_db(transaction=True)


def rows() -> dict[str, int]:
    """Of each table that has any."""
    with connection.cursor() as cursor:
        return {
            table: cursor.execute(f'SELECT count(*) FROM public."{table}"').fetchone()[0]
            for table in connection.introspection.table_names()
            if cursor.execute(f'SELECT EXISTS (SELECT FROM public."{table}")').fetchone()[0]
        }


def test_what_was_written_queued_changed_or_deleted_is_as_it_was(world):
    before, members = rows(), set(Membership.objects.values_list("pk", "person", "space", "role"))
    delete_old_sessions.defer(timestamp=0)
    publish("page", world.spaces["reseau"], world.coumba, "Raccorder un client", "On appelle le client.\n")
    Person.objects.filter(pk=world.awa.pk).update(name="Une autre")
    Space.objects.get(slug="direction").memberships.all().delete()
    assert ProcrastinateJob.objects.exists()
    kept.put_back()
    assert rows() == before
    assert not Item.objects.exists()
    assert not ProcrastinateJob.objects.exists()
    assert Person.objects.get(pk=world.awa.pk).name == "Awa Kanté-Diop"
    assert set(Membership.objects.values_list("pk", "person", "space", "role")) == members


def test_keys_and_triggers_hold_again_afterwards(world):
    kept.put_back()
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)
    page = publish("page", world.spaces["reseau"], world.coumba, "Raccorder un client", "On appelle le client.\n")
    first = page.pk
    kept.put_back()
    assert publish("page", world.spaces["reseau"], world.coumba, "Une autre", "Un texte.\n").pk > first
