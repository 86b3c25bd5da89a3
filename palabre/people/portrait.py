"""A photo of somebody, made safe and square before anyone else's browser sees it."""

from __future__ import annotations

from secrets import token_hex
from tempfile import TemporaryFile

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from palabre.kit.confinement import Failure
from palabre.kit.images import redrawn

HEAVIEST = 8 * 1024 * 1024
"""Bytes of an uploaded file."""
SIDE = 512
"""Pixels of the square that is kept, at most."""
REASONS = {
    "size": gettext_lazy("This picture is over 8 MB. Choose a smaller one."),
    "pixels": gettext_lazy("This picture has too many pixels. Choose a smaller one."),
    "picture": gettext_lazy("This file is not a JPEG, PNG or WebP picture."),
}
EXTENSIONS = {"image/webp": "webp", "image/jpeg": "jpg", "image/png": "png"}


class Unfit(Exception):
    """A picture we do not take; `reason` is a key of `REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def portrait(upload: UploadedFile) -> ContentFile:
    """The middle of the picture, redrawn by a confined process; Unfit when it is not one we take."""
    if upload.size is None or upload.size > HEAVIEST:
        raise Unfit("size")
    with TemporaryFile() as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        file.seek(0)
        try:
            picture = redrawn(file, (SIDE,), square=True)
        except Failure as failure:
            raise Unfit("pixels" if failure.reason in ("pixels", "memory", "time") else "picture") from failure
    kind, data = picture.content_type, picture.data
    if SIDE in picture.narrower:
        kind, data = "image/webp", picture.narrower[SIDE]
    # A name that never comes back: browsers keep a photo under the address made of it.
    return ContentFile(data, name=f"{token_hex(8)}.{EXTENSIONS[kind]}")
