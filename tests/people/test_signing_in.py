"""The ways in: address and password, a one-time code after it; limited across processes, ended at will."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import caches
from django.db import connection

from palabre.demo.cast import PASSWORD
from palabre.people.sessions import Session

pytestmark = pytest.mark.django_db
DOOR = "/account/login/"


def knock(client, person, password=PASSWORD):
    return client.post(DOOR, {"login": person.email, "password": password})


def code(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def turned_on(client):
    """Turns one-time codes on for who is signed in on `client`; the secret."""
    knock_again = client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert knock_again.status_code == 302
    page = client.get("/account/2fa/totp/activate/").text
    secret = re.search(r'id="secret" value="(\w+)"', page)[1]
    assert "<svg" in page
    assert client.post("/account/2fa/totp/activate/", {"code": code(secret)}).status_code == 302
    return secret


def test_address_and_password_let_in(world, sign_in):
    client = sign_in(None)
    assert knock(client, world.awa)["Location"] == "/"
    assert client.get("/people/").status_code == 200


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(world, sign_in):
    wrong = knock(sign_in(None), world.awa, "not this one")
    unknown = sign_in(None).post(DOOR, {"login": "nobody@exemple.example", "password": "not this one"})
    told = [re.search(r'role="alert".*?</div>', answer.text, re.DOTALL)[0] for answer in (wrong, unknown)]
    assert told[0] == told[1]
    assert not wrong.wsgi_request.user.is_authenticated


def test_nobody_signs_up_alone(world, sign_in):
    told = {"email": "fatou@exemple.example", "password1": "trois poteaux et une échelle"}
    answer = sign_in(None).post("/account/signup/", told)
    assert not answer.wsgi_request.user.is_authenticated
    assert not type(world.awa).objects.filter(email="fatou@exemple.example").exists()


def test_attempts_are_counted_where_every_process_sees_them(world, sign_in):
    """A limit in the memory of one process is doubled by two: here the table of the shared database holds it."""
    for _attempt in range(5):
        knock(sign_in(None), world.awa, "not this one")
    assert "people_attempts" in str(caches["default"]._table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_attempts WHERE cache_key LIKE %s", ["%login_failed%"])
        assert cursor.fetchone()[0] > 0
    refused = knock(sign_in(None), world.awa)
    assert not refused.wsgi_request.user.is_authenticated
    assert knock(sign_in(None), world.marc)["Location"] == "/"


def test_a_one_time_code_is_asked_after_the_password(world, sign_in):
    client = sign_in(None)
    knock(client, world.awa)
    secret = turned_on(client)
    client.post("/account/logout/")
    assert knock(client, world.awa)["Location"] == "/account/2fa/authenticate/"
    assert client.get("/people/").status_code == 302
    assert client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.get("/people/").status_code == 302
    caches["default"].clear()
    assert client.post("/account/2fa/authenticate/", {"code": code(secret)})["Location"] == "/"
    assert client.get("/people/").status_code == 200


def test_a_recovery_code_opens_once(world, sign_in):
    client = sign_in(None)
    knock(client, world.awa)
    turned_on(client)
    codes = re.findall(r"<code>(\w+)</code>", client.get("/account/2fa/recovery-codes/").text)
    assert len(codes) == 10
    for expected in (302, 200):
        client.post("/account/logout/")
        knock(client, world.awa)
        assert client.post("/account/2fa/authenticate/", {"code": codes[0]}).status_code == expected


def test_the_secret_of_the_codes_is_sealed_in_the_database(world, sign_in):
    client = sign_in(None)
    knock(client, world.awa)
    secret = turned_on(client)
    assert secret not in str(Authenticator.objects.values_list("data", flat=True))


def test_one_sees_where_one_is_signed_in_and_ends_the_others(world, sign_in):
    here, there = sign_in(None), sign_in(None)
    knock(here, world.awa)
    knock(there, world.awa)
    page = here.get("/account/sessions/").text
    assert page.count("127.0.0.1") - page.count("http://127.0.0.1") == 2
    here.post("/account/sessions/")
    assert here.get("/people/").status_code == 200
    assert there.get("/people/").status_code == 302
    assert Session.objects.filter(person=world.awa).count() == 1


def test_an_administrator_gives_a_link_for_a_new_password(world, sign_in):
    page = sign_in(world.tom).post(f"/people/{world.awa.pk}/password-link/").text
    path = "/account/password/reset/key/" + page.partition("/account/password/reset/key/")[2].partition('"')[0]
    stranger = sign_in(None)
    form = stranger.get(path, follow=True)
    assert world.awa.check_password(PASSWORD)
    told = {"password1": "trois poteaux et une échelle", "password2": "trois poteaux et une échelle"}
    assert stranger.post(form.request["PATH_INFO"], told).status_code == 302
    world.awa.refresh_from_db()
    assert world.awa.check_password("trois poteaux et une échelle")
    assert not stranger.get("/").wsgi_request.user.is_authenticated
    assert sign_in(world.marc).post(f"/people/{world.awa.pk}/password-link/").status_code == 403


def test_preferences_change_how_pages_speak(world, sign_in):
    client = sign_in(world.awa)
    assert client.post("/account/", {"language": "en", "time_zone": "Africa/Banjul"}).status_code == 302
    assert 'lang="en"' in client.get("/account/").text
    assert client.post("/account/", {"language": "xx", "time_zone": "Moon/Sea"}).status_code == 422


def test_where_one_is_signed_in_is_named_as_people_know_it(world, sign_in):
    client = sign_in(None)
    client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    knock(client, world.awa)
    page = client.get("/account/sessions/").text
    assert "Firefox, Linux" in page
    assert "Mozilla" not in page
