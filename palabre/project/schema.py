"""The tables: brought up to date by whoever comes first, refused when they belong to a newer Palabre."""

from contextlib import closing

from django.apps import apps
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

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
    unknown = {
        (app, name)
        for app, name in executor.loader.applied_migrations
        if app in ours
        and (app, name) not in executor.loader.disk_migrations
        and not any((app, name) in each.replaces for each in executor.loader.disk_migrations.values())
    }
    if unknown:
        app, name = sorted(unknown)[-1]
        raise Trouble(f"The database is of a newer version of Palabre (it has {app}.{name}): upgrade Palabre.")
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
