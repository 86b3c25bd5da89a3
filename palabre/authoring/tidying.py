"""Tidying: files that were removed, or never came into a text, leave after a while; then contents nobody names."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Q

from palabre.authoring.files.keeping import hold
from palabre.authoring.files.storage import is_named, place
from palabre.authoring.models import Draft, File, Template
from palabre.items.models import Item
from palabre.kit.clock import now

GRACE = timedelta(days=30)
LOCK = 5_072_019  # any number: the advisory lock of who tidies, shared by those who copy


def tidy(grace: timedelta = GRACE) -> int:
    """Forgets drafts and templates thrown away, and files that were removed or stand in no text, draft or template,
    longer than `grace`; returns how many files it was. While a copy is being made it leaves all for the next time.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        try:
            return _tidy(now() - grace)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


@contextmanager
def contents_kept() -> Iterator[None]:
    """For as long as the block no content is tidied away, so that each one a copy of the tables names can be copied."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [LOCK])


def _tidy(before: datetime) -> int:
    gone = 0
    Draft.with_thrown_away.filter(thrown_away_at__lt=before).delete()
    Template.with_thrown_away.filter(thrown_away_at__lt=before).delete()
    for file in File.objects.filter(Q(removed_at__lt=before) | Q(item=None, at__lt=before)).iterator():
        if file.item_id is not None or not _is_shown(file):
            forget(file)
            gone += 1
    for name in _contents(before):
        _drop(name)
    return gone


@transaction.atomic
def forget(file: File) -> None:
    """Deletes the row, and the bytes if no other row names them."""
    hold(file.digest)
    file.delete()
    if not is_named(file.digest):
        for width in (None, *file.widths):
            default_storage.delete(place(file.digest, width))


def _is_shown(file: File) -> bool:
    """Whether somebody's text names it, though it belongs to none."""
    texts = (Draft.with_thrown_away.all(), Template.with_thrown_away.all(), Item.objects.all())
    return any(found.filter(body__contains=f"/files/{file.pk}/").exists() for found in texts)


def _contents(before: datetime) -> Iterator[str]:
    """The names of everything stored that was not touched since."""
    if not default_storage.exists(""):
        return
    folders, _files = default_storage.listdir("")
    for folder in folders:
        for name in default_storage.listdir(folder)[1]:
            if default_storage.get_modified_time(f"{folder}/{name}") < before:
                yield f"{folder}/{name}"


@transaction.atomic
def _drop(name: str) -> None:
    """Deletes a content that no row names: left by an upload that failed, or by an item deleted for good."""
    folder, _, rest = name.partition("/")
    digest = folder + rest.partition(".")[0]
    if rest.startswith("."):
        default_storage.delete(name)
    elif len(digest) == 64:
        hold(digest)
        if not is_named(digest):
            default_storage.delete(name)
