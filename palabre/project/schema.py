"""The tables: brought up to date by whoever comes first, refused when they belong to a newer Palabre."""

from contextlib import closing

from django.apps import apps
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from palabre.project.trouble import Trouble

LOCK = 5_072_018  # any number: the advisory lock of those who migrate


def bring_up_to_date(report: bool = False) -> None:
    """Applies what is missing, one process at a time."""
    if not pending():
        return
    with closing(connections.create_connection(DEFAULT_DB_ALIAS)) as turn, turn.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        call_command("migrate", interactive=False, verbosity=1 if report else 0)


def pending() -> list[str]:
    """The migrations still to apply; a database that knows others than this code is refused."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        raise Trouble(f"The database does not answer: {str(error).strip().splitlines()[-1]}") from error
    ours = {config.label for config in apps.get_app_configs()}
    applied = {f"{app}.{name}" for app, name in executor.loader.applied_migrations if app in ours}
    unknown = sorted(applied - known())
    if unknown:
        raise Trouble(f"The database is of a newer version of Palabre (it has {unknown[-1]}): upgrade Palabre.")
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def known() -> set[str]:
    """The migrations of this code, and those it has replaced."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    own = {f"{app}.{name}" for app, name in loader.disk_migrations}
    replaced = {f"{app}.{name}" for each in loader.disk_migrations.values() for app, name in each.replaces}
    return own | replaced
