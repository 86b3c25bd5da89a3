"""A photo of somebody, made safe and square before anyone else's browser sees it."""

from __future__ import annotations

from secrets import token_hex
from tempfile import TemporaryFile

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from palabre.kit.confinement import Failure
from palabre.kit.images import redrawn

HEAVIEST = 8 * 1024 * 1024
"""Bytes of an uploaded file."""
SIDE = 512
"""Pixels of the square that is kept, at most."""
EXTENSIONS = {"image/webp": "webp", "image/jpeg": "jpg", "image/png": "png"}


def portrait(upload: UploadedFile) -> ContentFile:
    """The middle of the picture, redrawn by a confined process; ValidationError when it is not one we take."""
    if upload.size is None or upload.size > HEAVIEST:
        raise ValidationError(_("This picture is over 8 MB. Choose a smaller one."))
    with TemporaryFile() as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        file.seek(0)
        try:
            picture = redrawn(file, (SIDE,), square=True)
        except Failure as failure:
            if failure.reason in ("pixels", "memory", "time"):
                raise ValidationError(_("This picture has too many pixels. Choose a smaller one.")) from failure
            raise ValidationError(_("This file is not a JPEG, PNG or WebP picture.")) from failure
    kind, data = picture.content_type, picture.data
    if SIDE in picture.narrower:
        kind, data = "image/webp", picture.narrower[SIDE]
    # A name that never comes back: browsers keep a photo under the address made of it.
    return ContentFile(data, name=f"{token_hex(8)}.{EXTENSIONS[kind]}")
