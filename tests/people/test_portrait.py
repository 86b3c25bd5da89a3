"""A photo is decoded and written anew: square, light, without what it told of its device."""

from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from palabre.people import portrait
from tests.conftest import OURS


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
    with pytest.raises(portrait.Unfit):
        portrait.portrait(sent(content))


def test_too_heavy_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(portrait, "HEAVIEST", 100)
    with pytest.raises(portrait.Unfit, match="size"):
        portrait.portrait(sent(picture().read()))


@pytest.fixture
def storage(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    return tmp_path / "photos"


@pytest.fixture
def send(ask):
    """`send(by, whose)`: a form posts a photo to the live process."""

    def sending(by, whose, content=None, **options):
        files = {"file": ("me.jpg", content or picture().read(), "image/jpeg")}
        return ask(by, "POST", f"/people/{whose.pk}/photo/", files=files, **options)

    return sending


@pytest.mark.django_db
def test_the_photo_is_seen_by_those_who_may_meet_its_owner(world, sign_in, storage, send):
    client, address = sign_in(world.coumba), f"/people/{world.coumba.pk}/photo/"
    sent = send(world.coumba, world.coumba)
    assert (sent.status_code, sent.headers["location"]) == (303, f"{OURS}{world.coumba.get_absolute_url()}")
    shown = client.get(address)
    assert shown.status_code == 200 and shown["Content-Type"] == "image/webp"
    assert sign_in(world.tidiane).get(address).status_code == 200
    assert sign_in(world.diego).get(address).status_code == 404
    assert sign_in(None).get(address).status_code == 404
    assert client.post(f"/people/{world.coumba.pk}/portrait/").status_code == 302
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_the_form_sends_it_where_slow_lines_hold_up_nobody(world, sign_in):
    page = sign_in(world.coumba).get(f"/people/{world.coumba.pk}/portrait/")
    assert f'action="http://testserver:{settings.LIVE_PORT}/people/{world.coumba.pk}/photo/"' in page.text
    assert page["Referrer-Policy"] == "strict-origin"
    assert 'type="file"' not in sign_in(world.coumba).get(f"/people/{world.coumba.pk}/edit/").text


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "status"), [("awa", 403), ("diego", 404), ("bineta", 404), (None, 404)])
def test_nobody_else_changes_it(world, storage, send, key, status):
    assert send(getattr(world, key) if key else None, world.coumba).status_code == status
    assert send(world.coumba, world.coumba, headers={"origin": "https://evil.example"}).status_code == 403
    world.coumba.refresh_from_db()
    assert not world.coumba.photo


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "reason"), [(b"x" * (portrait.HEAVIEST + 2_000_000), "size"), (b"x", "picture")])
def test_what_is_not_taken_comes_back_with_its_reason(world, sign_in, storage, send, content, reason):
    back = send(world.coumba, world.coumba, content).headers["location"].removeprefix(OURS)
    assert back == f"/people/{world.coumba.pk}/portrait/?refused={reason}"
    page = sign_in(world.coumba).get(back)
    assert page.status_code == 422 and 'class="note bad' in page.text


@pytest.mark.django_db
def test_the_former_photo_goes_only_once_the_new_one_is_sure(
    world, sign_in, storage, django_capture_on_commit_callbacks
):
    def another(size):
        world.coumba.be_pictured(portrait.portrait(sent(picture((size, size)).read())), by=world.coumba)

    another(90)
    with pytest.raises(RuntimeError), transaction.atomic():
        another(80)
        raise RuntimeError("the database was killed")
    world.coumba.refresh_from_db()
    assert sign_in(world.coumba).get(f"/people/{world.coumba.pk}/photo/").status_code == 200
    former = storage / world.coumba.photo.name.rpartition("/")[2]
    with django_capture_on_commit_callbacks(execute=True):
        another(70)
        assert former.exists()
    assert not former.exists()
    (storage / world.coumba.photo.name.rpartition("/")[2]).unlink()
    assert sign_in(world.coumba).get(f"/people/{world.coumba.pk}/photo/").status_code == 404
