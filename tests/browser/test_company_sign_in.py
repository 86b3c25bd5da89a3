"""The company's own sign-in as people meet it: to another site, and back, with a word for whatever goes wrong there."""

import re

import pytest
from playwright.sync_api import expect

from palabre.demo.cast import PASSWORD
from palabre.project.signing_in import openid_connect
from tests.browser.test_doors import HOME
from tests.people.invited import invite
from tests.people.provider import environment, provider

WORDS = {
    "fr": {
        "continue": "Continuer avec Teranga",
        "stopped": "Vous vous êtes arrêté à la connexion de l’entreprise",
        "unsaid": "n’a pas dit qui vous êtes",
        "silent": "ne répond pas",
        "unknown": "On entre ici sur invitation",
    },
    "en": {
        "continue": "Continue with Teranga",
        "stopped": "You stopped at the company’s sign-in",
        "unsaid": "did not say who you are",
        "silent": "does not answer",
        "unknown": "One enters here by invitation",
    },
}


@pytest.fixture
def company(world, settings):
    """The provider of the company, which vouches for Awa."""
    with provider({"sub": "42", "email": world.awa.email, "email_verified": True, "name": world.awa.name}) as it:
        settings.SOCIALACCOUNT_PROVIDERS = openid_connect(environment(it.issuer))
        yield it


def lead(page, company, answer="yes"):
    """From the sign-in of the house to the company's, and what one says there."""
    page.goto("/account/login/")
    page.get_by_role("button", name=re.compile("Teranga")).click()
    page.wait_for_url(f"http://localhost:{company.server_port}/page*")
    page.locator(f"#{answer}").click()


@pytest.mark.parametrize("script", [True, False])
def test_one_enters_by_the_sign_in_of_the_company_and_is_known_there_from_then_on(world, visit, company, script):
    page = visit("/account/login/", script=script)
    lead(page, company)
    page.wait_for_url(HOME)
    page.goto("/account/3rdparty/")
    expect(page.locator("main")).to_contain_text("Teranga")
    company.claims |= {"email": "another@teranga.example"}
    other = visit("/account/login/", script=script)
    lead(other, company)
    other.wait_for_url(HOME)
    other.goto("/account/")
    expect(other.locator(".me")).to_contain_text(world.awa.name)


def test_who_is_signed_in_joins_it_to_their_account_and_takes_it_away(world, visit, company):
    company.claims |= {"email": "private@elsewhere.example"}
    page = visit("/account/3rdparty/", world.awa)
    page.locator("main form").get_by_role("button", name=re.compile("Teranga")).click()
    if page.locator("[name=password]").count():
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main .btn.primary").click()
    page.wait_for_url(f"http://localhost:{company.server_port}/page*")
    page.locator("#yes").click()
    page.wait_for_url("**/account/3rdparty/")
    page.locator("[name=account]").check()
    page.locator("main .btn.danger").click()
    expect(page.locator("[name=account]")).to_have_count(0)


def test_an_invitation_is_accepted_there(world, visit, company):
    _invitation, path = invite()
    company.claims |= {"sub": "43", "email": "fatou@exemple.example", "name": "Fatou Cissé"}
    page = visit(path)
    lead(page, company)
    page.wait_for_url(HOME)
    expect(page.get_by_text("Fatou").first).to_be_visible()


@pytest.mark.parametrize(("language", "width", "dark"), [("fr", 1440, False), ("en", 390, True)])
def test_whatever_goes_wrong_there_is_said_in_a_sentence(world, visit, company, violations, language, width, dark):
    said = WORDS[language]
    page = visit("/account/login/", language=language, width=width, dark=dark, expected="status of 503|status of 401")
    expect(page.get_by_role("button", name=said["continue"])).to_be_visible()

    def told(words):
        expect(page.locator("main h1")).to_contain_text(words)
        assert violations(page) == []

    lead(page, company, "no")
    told(said["stopped"])
    page.goto("/account/oidc/company/login/callback/?code=x&state=another")
    told(said["unsaid"])
    company.claims |= {"sub": "7", "email": "nobody@elsewhere.example"}
    lead(page, company)
    told(said["unknown"])
    company.silent = True
    page.goto("/account/login/")
    page.get_by_role("button", name=said["continue"]).click()
    told(said["silent"])
