"""The tables: complete after `bring_up_to_date`, refused when made by a newer Palabre."""

import pytest
from django.db.migrations.recorder import MigrationRecorder

from palabre.project import schema
from palabre.project.trouble import Trouble

pytestmark = pytest.mark.django_db


def test_nothing_is_pending_once_migrated():
    assert schema.pending() == []


def test_whether_something_is_pending_is_told_by_the_names_of_files():
    assert {f"{app}.{name}" for app, name in schema.written()} == schema.known()


def test_one_migration_taken_back_is_pending_again():
    MigrationRecorder.Migration.objects.filter(app="journal", name="0001_initial").delete()
    assert any("journal" in name for name in schema.pending())


def test_a_database_of_a_newer_palabre_is_refused_in_one_sentence():
    MigrationRecorder.Migration.objects.create(app="items", name="9999_of_tomorrow")
    with pytest.raises(Trouble, match=r"newer version of Palabre \(it has items.9999_of_tomorrow\)"):
        schema.bring_up_to_date()
