"""Pages about people open for those who may, and for nobody else."""

import re
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from palabre.journal.models import Event
from palabre.people.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["/people/", "/people/?q=awa", "/organisations/", "/organisations/fibreplus/", "/account/", "/invitations/",
     "/account/password/change/", "/account/sessions/", "/account/2fa/", "/account/logout/"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_open(world, sign_in, address, language):
    world.tom.language = language
    world.tom.save()
    answer = sign_in(world.tom).get(address)
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.text


@pytest.mark.parametrize("address", ["/account/login/", "/account/password/reset/", "/account/signup/"])
def test_strangers_find_the_door(world, sign_in, address):
    assert sign_in(None).get(address).status_code == 200


@pytest.mark.parametrize("address", ["/people/", "/people/new/", "/account/", "/invitations/", "/organisations/"])
def test_strangers_are_asked_to_sign_in(world, sign_in, address):
    answer = sign_in(None).get(address)
    assert answer.status_code == 302 and answer["Location"].startswith("/account/login/")


def test_a_profile_is_found_under_its_whole_address(world, sign_in):
    client = sign_in(world.awa)
    short = client.get(f"/people/{world.coumba.pk}/")
    assert short.status_code == 301 and short["Location"] == world.coumba.get_absolute_url()
    page = client.get(world.coumba.get_absolute_url())
    assert page.status_code == 200
    assert world.coumba.name in page.text and "fran" in page.text


def test_one_edits_ones_own_page_and_no_other(world, sign_in):
    client = sign_in(world.awa)
    told = {
        "name": "Awa Kanté",
        "about": "Je monte aux poteaux.",
        "languages": "français, wolof",
        "is_admin": "on",
        "email": "x@y.example",
    }
    assert client.post(f"/people/{world.awa.pk}/edit/", told).status_code == 302
    before = world.awa.email
    world.awa.refresh_from_db()
    assert (world.awa.name, world.awa.languages) == ("Awa Kanté", ["fr", "wo"])
    assert not world.awa.is_admin and world.awa.email == before
    assert client.post(f"/people/{world.coumba.pk}/edit/", told).status_code == 403


def test_names_are_found_without_their_accents(world, sign_in):
    page = sign_in(world.awa).get("/people/?q=seye")
    assert world.ousmane.name in page.text and world.coumba.name not in page.text


def test_organisations_are_described_by_administrators(world, sign_in):
    told = {"name": "Keur Fibre", "side": "partner", "about": "", "address": ""}
    assert sign_in(world.awa).post("/organisations/new/", told).status_code == 403
    assert sign_in(world.tom).post("/organisations/new/", told).status_code == 302
    assert Organisation.objects.get(slug="keur-fibre").side == "partner"


def test_an_organisation_with_people_keeps_its_side_and_its_description_is_in_the_journal(world, sign_in):
    fibreplus = world.organisations["fibreplus"]
    told = {"name": "FibrePlus SA", "side": "customer", "about": "", "address": ""}
    assert sign_in(world.tom).post("/organisations/fibreplus/edit/", told).status_code == 302
    fibreplus.refresh_from_db()
    assert (fibreplus.name, fibreplus.side) == ("FibrePlus SA", "partner")
    assert Event.objects.get(verb="organisation_described").particulars["side"] == "partner"


def test_words_about_oneself_have_an_end_on_the_server_too(world, sign_in):
    told = {"name": "Awa", "about": "x" * 1001, "languages": ""}
    assert sign_in(world.awa).post(f"/people/{world.awa.pk}/edit/", told).status_code == 422
    spoken_for = {"name": "Somebody", "side": "customer", "about": "x" * 1001}
    assert sign_in(world.awa).post("/people/new/", spoken_for).status_code == 422
    organisation = {"name": "Keur", "side": "customer", "about": "x" * 2001, "address": ""}
    assert sign_in(world.tom).post("/organisations/new/", organisation).status_code == 422


def test_who_knows_no_organisation_is_told_so(world, sign_in):
    world.diego.organisation = None
    world.diego.save()
    assert 'class="empty' in sign_in(world.diego).get("/organisations/").text


def test_a_profile_says_what_time_it_is_there_as_the_language_writes_hours(world, sign_in):
    world.marc.time_zone = "Pacific/Kiritimati"
    world.marc.save()
    there = timezone.localtime(timezone=ZoneInfo("Pacific/Kiritimati"))
    shown = sign_in(world.awa).get(world.marc.get_absolute_url()).content.decode()
    said = re.search(r"Heure locale</dt><dd[^>]*>(\d+)\xa0h\xa0\d\d<", shown)
    assert said
    assert int(said[1]) in {there.hour, (there.hour + 1) % 24}
