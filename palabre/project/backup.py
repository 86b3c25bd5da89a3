"""Backup and restore: one file that holds the instance, taken while it runs.

The database is dumped from one snapshot, and files are added after it: they are named by their content, and none is
tidied away meanwhile, so each one the dump speaks of is there. Restored, the journal loses its transaction numbers,
which mean nothing to another server, and the search index is left out, since it follows from the journal. All tables
come at once and last, so that a restore that was interrupted begins anew.
"""

import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from palabre.authoring.tidying import contents_kept
from palabre.kit.clock import now
from palabre.kit.progress import progress
from palabre.people.models import Person
from palabre.project import schema
from palabre.project.postgres import Binaries
from palabre.project.trouble import Trouble

FORMAT = 1
MANIFEST, DUMP, KEY, FILES = "palabre.json", "database.dump", "secret-key", "files"
PUSH_KEY = "push-key"  # which older backups do not have


def back_up(target: Path, overwrite: bool = False) -> None:
    """Writes the instance to a tar file, which appears whole or not at all; its tables stay as they are.

    `overwrite` lets it take the place of a file that is there, perhaps the only backup that is whole.
    """
    if not _is_there():
        raise Trouble(f"There is no instance in {settings.DATA}: name its folder with PALABRE_DATA=….")
    if not overwrite and os.path.lexists(target):
        raise Trouble(f"{target} is there already: name another file, or say --overwrite.")
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        # What it holds is everything the instance knows: for its owner only.
        with (
            contents_kept(),
            os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream,
            tarfile.open(fileobj=stream, mode="w") as archive,
        ):
            _add_text(archive, MANIFEST, json.dumps(_manifest(), indent=1))
            with tempfile.TemporaryDirectory(dir=target.parent) as folder:
                dump = Path(folder) / DUMP
                _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(dump))
                archive.add(dump, DUMP)
            _add_text(archive, KEY, settings.SECRET_KEY)
            _add_text(archive, PUSH_KEY, settings.PALABRE_PUSH_KEY)
            files = list(_files())
            with progress("Files", len(files)) as step:
                for path in files:
                    archive.add(path, f"{FILES}/{path.relative_to(_files_folder())}", recursive=False)
                    step(1)
        unfinished.replace(target)
    except OSError as error:
        raise Trouble(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def restore(source: Path) -> None:
    """Makes this instance, which must be empty, the one of the file."""
    try:
        with tarfile.open(source) as archive, tempfile.TemporaryDirectory(dir=settings.DATA) as folder:
            unpacked = Path(folder)
            manifest = json.loads(_read(archive, MANIFEST))
            _require_understood(manifest)
            if _is_there():
                raise Trouble(
                    f"There is an instance in {settings.DATA} already: restore into an empty folder (PALABRE_DATA=…)."
                )
            with progress("Unpacking", len(archive.getmembers())) as step:
                for member in archive:
                    _unpack(archive, member, unpacked)
                    step(1)
            if (unpacked / FILES).is_dir():
                shutil.copytree(unpacked / FILES, _files_folder(), dirs_exist_ok=True, copy_function=shutil.move)
            shutil.copyfile(unpacked / KEY, settings.DATA / KEY)
            if (unpacked / PUSH_KEY).exists():
                shutil.copyfile(unpacked / PUSH_KEY, settings.DATA / PUSH_KEY)
            _restore_tables(unpacked / DUMP)
    except (tarfile.TarError, KeyError, ValueError) as error:
        why = str(error).splitlines()[0].rstrip(":. ")  # tarfile lists every way in which it tried
        raise Trouble(f"{source} is not a whole backup: {why}.") from error
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise Trouble(f"{source} cannot be restored: {error.strerror or error}{where}.") from error
    schema.bring_up_to_date()


def _restore_tables(dump: Path) -> None:
    """In one transaction, and with numbers that say of each event that it is over."""
    script = dump.with_suffix(".sql")
    _run("pg_restore", "--no-owner", "--no-privileges", "--file", str(script), str(dump))
    dump.unlink()
    words = ("--no-psqlrc", "--quiet", "--single-transaction", "--set", "ON_ERROR_STOP=1")
    _run("psql", *words, "--file", str(script), "--command", _OVER)


# The numbers of transactions begin again: all that is written is over, and whoever follows the log stands after it. A
# backup may be older than those who follow.
_OVER = """
DO $$
DECLARE numbered text;
BEGIN
    FOREACH numbered IN ARRAY ARRAY['journal_event', 'signals_place', 'webhooks_place'] LOOP
        IF to_regclass('public.' || numbered) IS NOT NULL THEN
            EXECUTE format('UPDATE public.%I SET xid = 0', numbered);
        END IF;
    END LOOP;
END $$
"""


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Writes one file of a backup below `folder`; a link, a device or a path that leads out is no part of a backup."""
    target = (folder / member.name).resolve()
    if member.isdir():
        return
    content = archive.extractfile(member) if member.isreg() else None
    if content is None or not target.is_relative_to(folder.resolve()):
        raise ValueError(f"{member.name} does not belong in it")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        shutil.copyfileobj(content, file)


def _manifest() -> dict[str, Any]:
    applied = MigrationRecorder(connection).applied_migrations()
    return {"format": FORMAT, "at": now().isoformat(), "migrations": sorted(f"{app}.{name}" for app, name in applied)}


def _require_understood(manifest: dict[str, Any]) -> None:
    known = schema.known()
    unknown = sorted(set(manifest["migrations"]) - known)
    if manifest["format"] > FORMAT or unknown:
        raise Trouble("The backup is of a newer version of Palabre: upgrade Palabre before restoring it.")


def _is_there() -> bool:
    return Person._meta.db_table in connection.introspection.table_names()


def _files_folder() -> Path:
    return Path(default_storage.path(""))


def _files() -> Iterator[Path]:
    return (path for path in _files_folder().rglob("[!.]*") if path.is_file())


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = len(content), 0o600, int(now().timestamp())
    archive.addfile(entry, io.BytesIO(content))


def _read(archive: tarfile.TarFile, name: str) -> str:
    member = archive.extractfile(name)
    if member is None:
        raise KeyError(name)
    return member.read().decode()


def _run(program: str, *words: str) -> None:
    """Runs one of PostgreSQL's programs on the instance's database."""
    command: list[str | Path] = [Binaries.packaged() / "bin" / program, *words]
    done = subprocess.run(  # noqa: S603 - our own words, no shell
        command, env=os.environ | _access(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Trouble(f"{program} failed: {(done.stderr.strip().splitlines() or [f'code {done.returncode}'])[-1]}.")


def _access() -> dict[str, str]:
    """The database's address as its programs read it, so that no list of processes shows a password."""
    database: dict[str, Any] = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGDATABASE": "NAME", "PGPASSWORD": "PASSWORD"}
    given = {variable: str(database[name]) for variable, name in names.items() if database.get(name)}
    if mode := database["OPTIONS"].get("sslmode"):
        given["PGSSLMODE"] = mode
    return given
