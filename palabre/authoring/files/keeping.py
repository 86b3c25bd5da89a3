"""Keeping what is sent: measured, recognised, redrawn if it is a picture, on the disk, and only then acknowledged."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.base import File as Content
from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from palabre.authoring.files import sniffing
from palabre.authoring.files.models import File
from palabre.authoring.files.storage import keep, place
from palabre.authoring.pictures import WIDTHS
from palabre.items.models import Item
from palabre.kit.confinement import Failure
from palabre.kit.images import FORMATS, Picture, redrawn

REASONS = {
    "empty": _("This file is empty."),
    "size": _("This file is larger than this site accepts."),
    "program": _("Programs cannot be attached here; put it in an archive that its readers will recognise."),
    "waiting": _("Too many of your files wait for their text: publish it, or save it, then send this one again."),
    "pixels": _("This picture has more pixels than can be shown; make it smaller first."),
    "picture": _("This picture cannot be read; save it again as JPEG or PNG."),
}

AT_MOST = 20  # times the largest file, for what waits for its text


class Unwelcome(Exception):
    """The file is not kept. `reason` is a key of REASONS; `sentence` says it to the sender."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.sentence = REASONS[reason]


@dataclass(frozen=True)
class Taken:
    """What was sent, measured, recognised and redrawn, before it is kept; `sent` is the digest of what came."""

    name: str
    content_type: str
    size: int
    digest: str
    sent: str
    content: IO[bytes]
    picture: Picture | None

    @property
    def widths(self) -> list[int]:
        return sorted(self.picture.narrower) if self.picture else []

    def keep(self) -> None:
        """On the disk, in the caller's transaction, which names it in a row."""
        hold(self.digest)
        self.content.seek(0)
        keep(place(self.digest), Content(self.content))
        for width, data in (self.picture.narrower if self.picture else {}).items():
            keep(place(self.digest, width), ContentFile(data))


@contextmanager
def taken(name: str, chunks: Iterable[bytes], most: int | None = None) -> Iterator[Taken]:
    """What comes, as long as the block: of at most so many bytes. Raises Unwelcome."""
    with TemporaryFile() as file:
        sent, size = _received(file, chunks, settings.PALABRE_FILE_SIZE if most is None else most)
        kind = sniffing.content_type(file, named(name))
        if kind is None:
            raise Unwelcome("program")
        picture = _redrawn(file) if kind in FORMATS.values() else None
        if picture is None:
            yield Taken(named(name), kind, size, sent, sent, file, None)
            return
        digest = hashlib.sha256(picture.data).hexdigest()
        with ContentFile(picture.data) as content:
            yield Taken(named(name), picture.content_type, len(picture.data), digest, sent, content, picture)


def attach(item: Item | None, by: Any, name: str, chunks: Iterable[bytes]) -> File:
    """Keeps a file of an item, or of the text `by` is writing. Raises Unwelcome. The caller opened the item's door."""
    if item is None and _waiting(by) > AT_MOST * settings.PALABRE_FILE_SIZE:
        raise Unwelcome("waiting")
    with taken(name, chunks) as came:
        row = File(
            item=item, name=came.name, content_type=came.content_type, size=came.size, digest=came.digest,
            sent=came.sent, by=by,
        )  # fmt: skip
        if came.picture:
            row.width, row.height, row.widths = came.picture.width, came.picture.height, came.widths
        return _kept(row, came)


def _waiting(by: Any) -> int:
    """The bytes that somebody has sent for texts that are not there yet."""
    return File.objects.present().filter(item=None, by=by).aggregate(sum=Sum("size"))["sum"] or 0


@transaction.atomic
def _kept(row: File, came: Taken) -> File:
    came.keep()
    row.save()
    if row.item is not None:
        row.item.record("file_added", row.by, file=row.pk, name=row.name)
    return row


def hold(digest: str) -> None:
    """Until the transaction ends, nobody else stores or tidies this content: a tidying could else take away what an
    upload has just found there.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(digest[:15], 16)])


def named(name: str) -> str:
    """A name without path or control characters, of a reasonable length, that keeps its ending."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = " ".join(re.sub(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069?#%]", " ", last).split()).strip(". ")
    path = PurePath(plain or "file")
    return f"{path.stem[:150]}{path.suffix[:20]}"


def _received(file: IO[bytes], chunks: Iterable[bytes], most: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise Unwelcome("size")
        digest.update(chunk)
        file.write(chunk)
    if not size:
        raise Unwelcome("empty")
    file.flush()
    return digest.hexdigest(), size


def _redrawn(file: IO[bytes]) -> Picture:
    try:
        return redrawn(file, WIDTHS)
    except Failure as failure:
        raise Unwelcome("pixels" if failure.reason in ("pixels", "memory", "size") else "picture") from failure
