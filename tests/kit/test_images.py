"""Pictures come out redrawn, upright, and silent about where they were taken."""

import io
import tempfile
import time
import zlib

import pytest
from PIL import Image

from palabre.kit.confinement import Failure
from palabre.kit.images import redrawn


def drawn(data, **options):
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        return redrawn(file, **options)


def image(kind="JPEG", size=(60, 40), mode="RGB", colour="red", **options):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def opened(data):
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(
    ("kind", "content_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_a_picture_keeps_its_format_and_size(kind, content_type):
    picture = drawn(image(kind))
    assert (picture.content_type, picture.width, picture.height) == (content_type, 60, 40)
    assert opened(picture.data).format == kind


def test_a_picture_is_turned_upright_and_forgets_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[2] = (14.0, 43.0, 0.0)
    picture = drawn(image(exif=exif))
    assert (picture.width, picture.height) == (40, 60)
    assert not opened(picture.data).getexif()
    assert b"A camera" not in picture.data


def test_what_hides_behind_a_picture_is_not_kept():
    picture = drawn(image("PNG") + b"<script>alert(1)</script>")
    assert b"<script>" not in picture.data


def test_a_picture_is_made_narrower_and_never_wider():
    picture = drawn(image(size=(1000, 500)), widths=(480, 960, 1600))
    assert {width: opened(data).size for width, data in picture.narrower.items()} == {480: (480, 240), 960: (960, 480)}


def test_a_portrait_is_cut_square():
    assert (drawn(image(), square=True).width, drawn(image(), square=True).height) == (40, 40)


def test_transparency_is_kept():
    picture = drawn(image("PNG", mode="RGBA", colour=(0, 0, 0, 0)), widths=(30,))
    assert opened(picture.data).mode == "RGBA" and opened(picture.narrower[30]).mode == "RGBA"


@pytest.mark.parametrize(
    ("mode", "kind"), [("CMYK", "JPEG"), ("1", "PNG"), ("P", "PNG"), ("I;16", "PNG"), ("L", "JPEG")]
)
def test_any_colours_are_read(mode, kind):
    assert drawn(image(kind, mode=mode, colour=0), widths=(30,)).width == 60


def test_a_moving_picture_goes_on_moving():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=80)
    picture = drawn(out.getvalue())
    assert picture.content_type == "image/gif" and opened(picture.data).n_frames == 3


def bomb():
    """A few kilobytes that claim to be 50,000 by 50,000 pixels."""

    def chunk(name, data):
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = (50_000).to_bytes(4, "big") * 2 + b"\x01\x00\x00\x00\x00"
    body = chunk(b"IDAT", zlib.compress(b"\0" * 10_000_000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bomb(), "pixels"),
        (b"", "unreadable"),
        (b"\x89PNG\r\n\x1a\n garbage", "unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "unreadable"),
        (image()[:400], "unreadable"),
    ],
)
def test_what_is_no_picture_or_a_trap_is_refused_in_words(data, reason):
    began = time.monotonic()
    with pytest.raises(Failure) as failed:
        drawn(data)
    assert failed.value.reason == reason
    assert time.monotonic() - began < 20
