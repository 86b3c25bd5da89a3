"""Pictures made safe: decoded and encoded anew by a confined process, upright, without the place and the hour
in them.

A photograph tells where it was taken, an image of a few bytes may unpack to gigabytes, and a file may be a
picture and a page at once. What comes out of here was drawn pixel by pixel: nothing else of the file sent is
left.
"""

import base64
import io
import json
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageOps, ImageSequence

from palabre.kit.confinement import Bounds, run

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WEBP": "image/webp"}
LARGEST_SIDE = 4096
MOST_PIXELS = 64_000_000
MOST_MOVING_PIXELS = 80_000_000
BOUNDS = Bounds(seconds=20, memory=1536 * 1024 * 1024, output=64 * 1024 * 1024)


@dataclass(frozen=True)
class Picture:
    """An image as kept, and the same narrower (WebP), by width in pixels."""

    content_type: str
    width: int
    height: int
    data: bytes
    narrower: dict[int, bytes]


def redrawn(file: IO[bytes], widths: tuple[int, ...] = (), square: bool = False) -> Picture:
    """The picture in an open file (with a descriptor). `square` cuts its middle out. Raises
    confinement.Failure: "unreadable", "pixels" when there are too many of them, or a bound of the process.
    """
    orders = json.dumps({"widths": widths, "square": square})
    said = json.loads(run(f"{__name__}:redraw", file, orders, bounds=BOUNDS))
    narrower = {int(width): base64.b64decode(data) for width, data in said.pop("narrower").items()}
    return Picture(data=base64.b64decode(said.pop("data")), narrower=narrower, **said)


def prepare() -> None:
    """Loads the decoders before the confined process can open no file any more, by using each once."""
    Image.init()
    for name in FORMATS:
        sample = io.BytesIO()
        Image.new("RGB", (1, 1)).save(sample, name)
        Image.open(sample).load()


def redraw(file: IO[bytes], orders: str) -> str:
    """Runs confined."""
    wanted = json.loads(orders)
    Image.MAX_IMAGE_PIXELS = None  # counted here, moving images too
    with Image.open(file, formats=list(FORMATS)) as image:
        kind = str(image.format)
        frames = getattr(image, "n_frames", 1)
        pixels = image.width * image.height
        if pixels > MOST_PIXELS or (frames > 1 and pixels * frames > MOST_MOVING_PIXELS):
            raise ValueError("pixels")
        if frames > 1 and not wanted["square"] and kind in ("GIF", "WEBP"):
            return _said(FORMATS[kind], image.size, _moving(image, kind), {})
        image.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
        still = _plain(ImageOps.exif_transpose(image))
    if wanted["square"]:
        side = min(still.size)
        still = ImageOps.fit(still, (side, side))
    still.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    kind = "PNG" if kind == "GIF" else kind
    narrower = {width: _encoded(_narrowed(still, width), "WEBP") for width in wanted["widths"] if width < still.width}
    return _said(FORMATS[kind], still.size, _encoded(still, kind), narrower)


def _plain(image: Image.Image) -> Image.Image:
    """Without palette, print colours or depth that browsers and WebP do not share."""
    transparent = image.has_transparency_data
    return image.convert("RGBA" if transparent else "L" if image.mode in ("1", "L") else "RGB")


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _encoded(image: Image.Image, kind: str) -> bytes:
    image = image.convert("RGB") if kind == "JPEG" and image.mode == "RGBA" else image
    bare = Image.frombytes(image.mode, image.size, image.tobytes())
    out = io.BytesIO()
    options = {"JPEG": {"quality": 86, "optimize": True, "progressive": True}, "WEBP": {"quality": 80, "method": 3}}
    bare.save(out, kind, **options.get(kind, {}))
    return out.getvalue()


def _moving(image: Image.Image, kind: str) -> bytes:
    frames, pauses = [], []
    for frame in ImageSequence.Iterator(image):
        pauses.append(frame.info.get("duration", 100))
        frames.append(Image.frombytes("RGBA", frame.size, frame.convert("RGBA").tobytes()))
    out = io.BytesIO()
    loop = image.info.get("loop", 0)
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=pauses, loop=loop, disposal=2)
    return out.getvalue()


def _said(content_type: str, size: tuple[int, int], data: bytes, narrower: dict[int, bytes]) -> str:
    return json.dumps(
        {
            "content_type": content_type,
            "width": size[0],
            "height": size[1],
            "data": base64.b64encode(data).decode(),
            "narrower": {width: base64.b64encode(each).decode() for width, each in narrower.items()},
        }
    )
