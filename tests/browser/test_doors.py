"""Signing in, people and spaces in a browser: passkeys, keyboard, axe."""

import re

import pytest
from playwright.sync_api import expect

from palabre.demo.cast import PASSWORD
from palabre.spaces.models import Request, Space

HOME = re.compile(r"^https?://[^/]+/$")
LOOKS = [(1440, False), (390, True)]


@pytest.fixture
def key(visit):
    """A page with a passkey in the machine: Chromium's virtual authenticator."""

    def with_key(path, person=None):
        page = visit(path, person)
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        return page

    return with_key


def sign_in(page, person):
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main .btn.primary").click()
    page.wait_for_url(HOME)


def test_a_passkey_is_added_and_then_signs_in_alone(world, key):
    page = key("/account/login/")
    sign_in(page, world.awa)
    page.goto("/account/2fa/webauthn/add/")
    if page.locator("[name=password]").count():
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main .btn.primary").click()
    page.locator("passkey-button button").click()
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".codes li").count() == 10
    page.goto("/account/2fa/")
    expect(page.locator("main")).to_contain_text("vous connecte seule")

    page.goto("/account/logout/")
    page.locator("main .btn.primary").click()
    page.wait_for_url(HOME)
    page.goto("/account/login/")
    page.locator("passkey-button button").click()
    page.wait_for_url(HOME)
    page.goto("/people/")
    assert page.url.endswith("/people/")


def test_without_script_the_password_remains(world, visit):
    page = visit("/account/login/", script=False)
    expect(page.locator("passkey-button button")).to_be_hidden()
    sign_in(page, world.awa)
    page.goto("/people/?q=coumba")
    expect(page.locator("#found")).to_contain_text(world.coumba.name)


def test_the_directory_narrows_as_one_types(world, visit):
    page = visit("/people/", world.awa)
    page.locator("#q").press_sequentially("seye", delay=20)
    expect(page.locator("#found")).not_to_contain_text(world.coumba.name)
    expect(page.locator("#found")).to_contain_text(world.ousmane.name)
    expect(page.locator("#q")).to_be_focused()
    assert "q=seye" in page.url


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_on_people_and_spaces(visit, violations, world, width, dark):
    page = visit("/people/", world.marc, width=width, dark=dark)
    for path in (
        "/people/",
        world.coumba.get_absolute_url(),
        "/people/new/",
        f"/people/{world.marc.pk}/edit/",
        f"/people/{world.marc.pk}/portrait/",
        "/account/",
        "/account/2fa/",
        "/account/sessions/",
        "/organisations/fibreplus/",
        "/spaces/",
        "/spaces/installateurs/",
        "/spaces/installateurs/members/",
        "/spaces/installateurs/readers/",
        "/spaces/installateurs/audience/",
        "/spaces/installateurs/settings/",
        "/spaces/installateurs/rights/",
        "/spaces/new/",
    ):
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_axe_finds_nothing_at_the_door(visit, violations, world, width, dark):
    assert violations(visit("/account/login/", width=width, dark=dark)) == []


def test_a_space_is_made_by_keyboard_alone(world, visit):
    page = visit("/spaces/new/", world.awa)
    page.locator("#id_name").focus()
    page.keyboard.type("Atelier des poteaux")
    page.keyboard.press("Tab")
    page.keyboard.type("Les poteaux, debout.")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    for _stop in ("who may write", "language", "the button"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/spaces/atelier-des-poteaux/")
    expect(page.locator(".band")).to_contain_text("Toute la maison")


def test_partners_are_named_where_a_space_is_opened_to_them(world, visit):
    page = visit("/spaces/new/", world.awa)
    page.locator("#id_name").fill("Chantier commun")
    page.locator("#id_purpose").fill("Ce que nous construisons ensemble.")
    expect(page.get_by_label("Sahel Énergie")).to_be_hidden()
    page.locator("input[name=audience][value=partners]").check()
    page.get_by_label("Sahel Énergie").check()
    page.locator("button.primary[type=submit]").click()
    page.wait_for_url("**/spaces/chantier-commun/")
    assert [each.slug for each in Space.objects.get(slug="chantier-commun").organisations.all()] == ["sahel"]


def test_what_waits_for_an_answer_stands_on_the_home_page(world, visit, violations):
    Request.objects.create(space=world.spaces["produit"], person=world.awa, role="contributor")
    page = visit("/", world.lea)
    assert violations(page) == []
    page.locator(".asks .btn").click()
    page.wait_for_url("**/spaces/produit/requests/")
