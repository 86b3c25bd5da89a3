"""SECURITY row 30: opening a link changes nothing; mail programs and previews open links too."""

import pytest

from palabre.people.models import Invitation, Person
from tests.people.invited import enter, invite

pytestmark = pytest.mark.django_db


def test_opening_an_invitation_signs_nobody_in_and_uses_nothing_up(world, sign_in):
    invitation, path = invite()
    people = Person.objects.count()
    for method in ("get", "head", "get"):
        client = sign_in(None)
        assert getattr(client, method)(path).status_code == 200
        assert not client.get("/").wsgi_request.user.is_authenticated
    assert Person.objects.count() == people
    assert Invitation.objects.get(pk=invitation.pk).accepted_at is None
    assert enter(sign_in(None), path).status_code == 302


def test_opening_the_link_for_a_new_password_signs_nobody_in(world, sign_in):
    page = sign_in(world.tom).post(f"/people/{world.awa.pk}/password-link/").text
    path = "/account/password/reset/key/" + page.partition("/account/password/reset/key/")[2].partition('"')[0]
    stranger = sign_in(None)
    assert stranger.get(path, follow=True).status_code == 200
    assert not stranger.get("/").wsgi_request.user.is_authenticated


def test_there_is_no_sign_in_by_mailed_code(world, sign_in):
    assert sign_in(None).get("/account/login/code/").status_code == 404


def test_signing_out_and_every_passage_need_a_post(world, sign_in):
    client = sign_in(world.tom)
    client.get("/account/logout/")
    assert client.get("/people/").status_code == 200
    for page in ("departure", "return", "administration", "password-link"):
        assert client.get(f"/people/{world.awa.pk}/{page}/").status_code == 405
    for page in ("archiving", "joining", "leaving"):
        assert client.get(f"/spaces/maison/{page}/").status_code == 405


def test_the_pages_behind_links_are_kept_by_no_cache(world, sign_in):
    _invitation, path = invite()
    assert "no-store" in sign_in(None).get(path)["Cache-Control"]
