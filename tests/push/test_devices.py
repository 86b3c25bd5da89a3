"""One's devices: who may subscribe what, and how it ends."""

import pytest
from django.test import Client

from palabre.people.models import OPERATOR
from palabre.push.models import MOST, Device
from tests.push.browser import Browser

PAGE = "/devices/"


def test_a_device_is_named_listed_and_removed(world, subscribed):
    phone = subscribed(world.awa)
    html = phone.client.get(PAGE).text
    assert "Firefox, Android" in html
    assert html.count("Ce navigateur<") == 2
    assert phone.client.post(f"{PAGE}{phone.device.pk}/removal/").status_code == 302
    assert not Device.objects.exists()


def test_nobody_reaches_the_device_of_another(world, subscribed, sign_in):
    phone = subscribed(world.awa)
    marc = sign_in(world.marc)
    assert "Firefox" not in marc.get(PAGE).text
    for act in ("removal", "trial"):
        assert marc.post(f"{PAGE}{phone.device.pk}/{act}/").status_code == 404
    assert Device.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("endpoint", "http://push.example.net/abc"),
        ("endpoint", "https://push.example.net:22/abc"),
        ("endpoint", "ftp://push.example.net/abc"),
        ("endpoint", "https://me@push.example.net/abc"),
        ("endpoint", "https://push.example.net/é"),
        ("endpoint", "https://push.example.net/" + "a" * 1000),
        ("endpoint", ""),
        ("p256dh", "AAAA"),
        ("p256dh", "B" + "A" * 86),
        ("auth", "AAAA"),
        ("auth", "a b c d"),
    ],
)
def test_what_is_no_subscription_is_refused(world, sign_in, field, value):
    said = Browser("https://push.example.net/abc").said | {field: value}
    assert sign_in(world.awa).post(PAGE, said).status_code == 422
    assert not Device.objects.exists()


def test_a_device_goes_with_its_session(world, subscribed):
    phone = subscribed(world.awa)
    phone.client.post("/account/logout/")
    assert not Device.objects.exists()


def test_a_device_goes_with_the_person(world, subscribed):
    subscribed(world.awa)
    world.awa.leave(OPERATOR)
    assert not Device.objects.exists()


def test_a_device_stays_when_its_person_takes_another_password(world, subscribed):
    world.awa.set_password("under-the-old-baobab")
    world.awa.save()
    phone = subscribed(world.awa)
    former = phone.device.session_id
    words = {
        "oldpassword": "under-the-old-baobab",
        "password1": "under-a-young-baobab",
        "password2": "under-a-young-baobab",
    }
    assert phone.client.post("/account/password/change/", words).status_code == 302
    phone.device.refresh_from_db()
    assert phone.device.session_id == phone.client.session.session_key != former


def test_a_browser_belongs_to_whoever_signs_in_there(world, subscribed, sign_in):
    phone = subscribed(world.awa)
    assert sign_in(world.marc).post(PAGE, phone.said).status_code == 201
    assert Device.objects.get().person == world.marc


def test_who_only_knows_the_address_of_a_browser_does_not_take_it(world, subscribed, sign_in):
    phone = subscribed(world.awa)
    said = phone.said | {"auth": Browser("", secret=b"another secret!!").said["auth"]}
    assert sign_in(world.marc).post(PAGE, said).status_code == 422
    assert Device.objects.get().person == world.awa


def test_a_new_subscription_takes_the_place_of_the_former(world, subscribed):
    phone = subscribed(world.awa)
    said = Browser(phone.endpoint.replace("/to/it", "/to/it/now")).said | {"former": phone.endpoint}
    assert phone.client.post(PAGE, said).status_code == 201
    assert Device.objects.get().endpoint == said["endpoint"]


def test_one_has_so_many_devices(world, sign_in):
    client = sign_in(world.awa)
    for number in range(MOST + 2):
        client.post(PAGE, Browser(f"https://push.example.net/{number}").said)
    assert Device.objects.count() == MOST
    assert not Device.objects.filter(endpoint="https://push.example.net/0").exists()


def test_a_form_from_elsewhere_subscribes_nothing(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.awa)
    assert client.post(PAGE, Browser("https://push.example.net/abc").said).status_code == 403
