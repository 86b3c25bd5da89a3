"""A photo of somebody, made safe and square before anyone else's browser sees it.

The picture is decoded and written anew: whatever else the file carried (place, device, a script in its comments)
is gone, and a picture too large to decode is refused by its header alone.
"""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

HEAVIEST = 8 * 1024 * 1024
"""Bytes of an uploaded file."""
WIDEST = 40_000_000
"""Pixels of an uploaded picture."""
SIDE = 512
"""Pixels of the square that is kept."""


def portrait(upload: BinaryIO, weight: int) -> bytes:
    """The uploaded picture as a square WebP without metadata; ValidationError when it is not one we take."""
    if weight > HEAVIEST:
        raise ValidationError(_("This picture is over 8 MB. Choose a smaller one."))
    try:
        with Image.open(upload, formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > WIDEST:
                raise ValidationError(_("This picture has over 40 million pixels. Choose a smaller one."))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            square = ImageOps.fit(upright, (SIDE, SIDE), Image.Resampling.LANCZOS)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This file is not a JPEG, PNG or WebP picture.")) from error
    kept = BytesIO()
    square.save(kept, "WEBP", quality=84)
    return kept.getvalue()
