"""The tables: brought up to date by whoever comes first, refused when they belong to a newer Palabre."""

from contextlib import closing
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import apps
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

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
    ours = {config.label for config in apps.get_app_configs()}
    try:
        applied = {key for key in MigrationRecorder(connection).applied_migrations() if key[0] in ours}
        if applied == written():
            return []  # as at nearly every start: to read all migrations would take a third of a second
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        raise Trouble(f"The database does not answer: {str(error).strip().splitlines()[-1]}") from error
    unknown = sorted({f"{app}.{name}" for app, name in applied} - known())
    if unknown:
        raise Trouble(f"The database is of a newer version of Palabre (it has {unknown[-1]}): upgrade Palabre.")
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def written() -> set[tuple[str, str]]:
    """The app and name of each migration there is a file of."""
    found = set()
    for config in apps.get_app_configs():
        package, _ = MigrationLoader.migrations_module(config.label)
        if package and find_spec(package):
            path = import_module(package).__path__
            found |= {
                (config.label, name) for _, name, inner in iter_modules(path) if not inner and name[0] not in "_~"
            }
    return found


def known() -> set[str]:
    """The migrations of this code, and those it has replaced."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    own = {f"{app}.{name}" for app, name in loader.disk_migrations}
    replaced = {f"{app}.{name}" for each in loader.disk_migrations.values() for app, name in each.replaces}
    return own | replaced
