"""A photo is decoded and written anew: square, light, without what it told of its device."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from palabre.people import portrait


def picture(size=(900, 600), format="JPEG", **options):
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, format, **options)
    file.seek(0)
    return file


def sent(content, name="me.jpg"):
    return SimpleUploadedFile(name, content, "image/jpeg")


def test_it_becomes_a_square_without_metadata():
    exif = Image.Exif()
    exif[0x010F] = "A telling camera"
    kept = portrait.portrait(sent(picture(exif=exif).read()))
    content = kept.read()
    shown = Image.open(BytesIO(content))
    assert (shown.format, shown.size) == ("WEBP", (512, 512)) and kept.name.endswith(".webp")
    assert not shown.getexif() and b"telling" not in content


def test_a_small_picture_stays_small_and_becomes_square():
    kept = portrait.portrait(sent(picture((90, 60), "PNG").read()))
    assert Image.open(kept).size == (60, 60) and kept.name.endswith(".png")


@pytest.mark.parametrize("content", [b"x", b"<svg onload=alert(1)>", b"GIF89a", b"\xff\xd8\xff\xe0 broken"])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(ValidationError):
        portrait.portrait(sent(content))


def test_too_heavy_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(portrait, "HEAVIEST", 100)
    with pytest.raises(ValidationError, match="8"):
        portrait.portrait(sent(picture().read()))


@pytest.mark.django_db
def test_the_photo_is_seen_by_those_who_may_meet_its_owner(world, sign_in, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    client = sign_in(world.coumba)
    told = {"name": world.coumba.name, "about": "", "languages": ""}
    upload = SimpleUploadedFile("me.jpg", picture().read(), "image/jpeg")
    assert client.post(f"/people/{world.coumba.pk}/edit/", told | {"picture": upload}).status_code == 302
    address = f"/people/{world.coumba.pk}/photo/"
    shown = client.get(address)
    assert shown.status_code == 200 and shown["Content-Type"] == "image/webp"
    assert sign_in(world.tidiane).get(address).status_code == 200
    assert sign_in(world.diego).get(address).status_code == 404
    assert sign_in(None).get(address).status_code == 404
    client.post(f"/people/{world.coumba.pk}/edit/", told | {"without_picture": "on"})
    assert client.get(address).status_code == 404
