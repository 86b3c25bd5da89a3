"""Keeping what is sent: measured, recognised, redrawn if it is a picture, on the disk, and only then acknowledged."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from contextlib import ExitStack
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


def attach(item: Item | None, by: Any, name: str, chunks: Iterable[bytes]) -> File:
    """Keeps a file of an item, or of the text `by` is writing. Raises Unwelcome. The caller opened the item's door."""
    if item is None and _waiting(by) > AT_MOST * settings.PALABRE_FILE_SIZE:
        raise Unwelcome("waiting")
    with TemporaryFile() as file, ExitStack() as pictures:
        sent, size = _received(file, chunks)
        kind = sniffing.content_type(file, named(name))
        if kind is None:
            raise Unwelcome("program")
        picture = _redrawn(file) if kind in FORMATS.values() else None
        content: IO[bytes] = file
        digest = sent
        if picture:
            content = pictures.enter_context(ContentFile(picture.data))
            digest, size, kind = hashlib.sha256(picture.data).hexdigest(), len(picture.data), picture.content_type
        row = File(item=item, name=named(name), content_type=kind, size=size, digest=digest, sent=sent, by=by)
        if picture:
            row.width, row.height, row.widths = picture.width, picture.height, sorted(picture.narrower)
        return _kept(row, content, picture)


def _waiting(by: Any) -> int:
    """The bytes that somebody has sent for texts that are not there yet."""
    return File.objects.present().filter(item=None, by=by).aggregate(sum=Sum("size"))["sum"] or 0


@transaction.atomic
def _kept(row: File, content: IO[bytes], picture: Picture | None) -> File:
    hold(row.digest)
    content.seek(0)
    keep(row.place, Content(content))
    for width, data in (picture.narrower if picture else {}).items():
        keep(place(row.digest, width), ContentFile(data))
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


def _received(file: IO[bytes], chunks: Iterable[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > settings.PALABRE_FILE_SIZE:
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
