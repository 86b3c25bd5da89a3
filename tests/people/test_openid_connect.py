"""The company's own sign-in: it lets in whom we know by a vouched address, or whom we invited, and nobody else."""

import re

import pytest
from allauth.socialaccount.models import SocialAccount

from palabre.people.models import Person, Side
from palabre.project.signing_in import openid_connect
from tests.kit.outside import outside_server
from tests.people.invited import invite
from tests.people.provider import CLIENT, environment, provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def through(settings):
    """`through(client, **claims)`: signs in on `client` at a provider that vouches for these claims."""

    def go(client, audience=CLIENT, **claims):
        claims = {"sub": "42", "name": "Fatou Cissé", "email_verified": True} | claims
        with provider(claims, audience) as company:
            settings.SOCIALACCOUNT_PROVIDERS = openid_connect(environment(company.issuer))
            return client.get(agreed(client, company))

    return go


def agreed(client, company):
    """Where the provider leads back to, once whoever was led to it by this browser has said yes there."""
    between = client.post("/account/oidc/company/login/?process=login")
    return company.begin(re.search(r'http-equiv="refresh" content="0; url=([^"]*)"', between.text)[1])["yes"]


def user_of(client):
    return client.get("/").wsgi_request.user


def test_a_vouched_address_signs_in_the_person_we_know(world, sign_in, through):
    client = sign_in(None)
    through(client, email=world.awa.email.upper())
    assert user_of(client) == world.awa


def test_whoever_enters_by_it_keeps_their_password_and_their_other_browsers(world, sign_in, through):
    """Also who was made without an invitation, as the people of an export are."""
    world.awa.set_password("the-mango-tree-in-april")
    world.awa.save()
    other = sign_in(world.awa)
    through(sign_in(None), email=world.awa.email)
    world.awa.refresh_from_db()
    assert world.awa.check_password("the-mango-tree-in-april")
    assert user_of(other) == world.awa


def test_once_linked_the_person_is_known_by_the_provider_s_own_number(world, sign_in, through):
    through(sign_in(None), email=world.awa.email)
    client = sign_in(None)
    through(client, email="another@teranga.example")
    assert user_of(client) == world.awa


def test_what_is_joined_already_is_not_offered_again(world, sign_in, through):
    client = sign_in(None)
    through(client, email=world.awa.email)
    joined = client.get("/account/3rdparty/").text
    assert 'name="account"' in joined and "process=connect" not in joined
    SocialAccount.objects.filter(user=world.awa).delete()
    alone = client.get("/account/3rdparty/").text
    assert 'name="account"' not in alone and "process=connect" in alone


def test_an_address_nobody_vouches_for_signs_nobody_in(world, sign_in, through):
    client = sign_in(None)
    through(client, email=world.awa.email, email_verified=False)
    assert not user_of(client).is_authenticated


def test_what_was_said_to_another_house_signs_nobody_in(world, sign_in, through):
    client = sign_in(None)
    lost = through(client, audience="another house", email=world.awa.email)
    assert "did not say who you are" in lost.text
    assert not user_of(client).is_authenticated


def test_what_was_begun_in_another_browser_signs_nobody_in(world, sign_in, settings):
    claims = {"sub": "42", "email": world.awa.email, "email_verified": True}
    with provider(claims) as company:
        settings.SOCIALACCOUNT_PROVIDERS = openid_connect(environment(company.issuer))
        theirs = agreed(sign_in(None), company)
        client = sign_in(None)
        client.get(theirs)
    assert not user_of(client).is_authenticated


def test_who_is_unknown_is_not_let_in(world, sign_in, through):
    client = sign_in(None)
    through(client, email="fatou@exemple.example")
    assert not user_of(client).is_authenticated
    assert not Person.objects.filter(email="fatou@exemple.example").exists()


def test_who_has_left_is_not_let_in(world, sign_in, through):
    world.awa.leave(world.tom)
    client = sign_in(None)
    through(client, email=world.awa.email)
    assert not user_of(client).is_authenticated


def test_an_invitation_opened_in_this_browser_is_accepted(world, sign_in, through):
    _invitation, path = invite(side=Side.COMPANY)
    client = sign_in(None)
    client.get(path)
    through(client, email="fatou@exemple.example")
    assert user_of(client).email == "fatou@exemple.example"
    assert user_of(client).side == "company"


@pytest.mark.parametrize(
    ("said", "name"), [(" Fatou \n Cissé ", "Fatou Cissé"), ("  ", "Fatou"), ("F" * 200, "F" * 120)]
)
def test_whatever_the_company_s_sign_in_calls_somebody_they_have_a_name(said, name, world, sign_in, through):
    _invitation, path = invite(side=Side.COMPANY, name="Fatou")
    client = sign_in(None)
    client.get(path)
    through(client, email="fatou@exemple.example", name=said)
    assert user_of(client).name == name


def test_an_invitation_for_another_address_is_not(world, sign_in, through):
    _invitation, path = invite(side=Side.COMPANY)
    client = sign_in(None)
    client.get(path)
    through(client, email="thief@exemple.example")
    assert not user_of(client).is_authenticated
    assert not Person.objects.filter(email__in=("fatou@exemple.example", "thief@exemple.example")).exists()


def test_an_invitation_is_not_accepted_for_an_address_nobody_vouches_for(world, sign_in, through):
    _invitation, path = invite(side=Side.COMPANY)
    client = sign_in(None)
    client.get(path)
    through(client, email="fatou@exemple.example", email_verified=False)
    assert not user_of(client).is_authenticated


def test_without_an_issuer_there_is_no_such_door(world, sign_in):
    assert openid_connect({}) == {}
    assert "oidc" not in sign_in(None).get("/account/login/").text


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:9", "broken"])
def test_an_issuer_that_does_not_answer_is_said_in_a_sentence(world, sign_in, settings, issuer, caplog):
    if issuer == "broken":
        with outside_server() as server:  # it answers, with a page instead of what it knows of itself
            answer = _begun(sign_in(None), settings, f"http://{server.host}")
    else:
        answer = _begun(sign_in(None), settings, issuer)
    assert answer.status_code == 503
    assert "La connexion de l’entreprise ne répond pas" in answer.text
    assert 'href="/account/login/"' in answer.text
    assert "does not answer" in caplog.text and "Traceback" not in caplog.text


@pytest.mark.parametrize("name", ["https://accounts.another.example", None])
def test_one_that_calls_itself_by_another_name_than_the_issuer_s_signs_nobody_in(
    world, sign_in, settings, caplog, name
):
    with provider({"sub": "42", "email": world.awa.email, "email_verified": True}) as company:
        company.name = name
        answer = _begun(sign_in(None), settings, company.issuer)
    assert answer.status_code == 503
    assert "se présente sous un autre nom" in answer.text
    assert company.issuer in caplog.text and str(name) in caplog.text
    assert not company.begun


def test_one_that_ends_its_name_with_a_slash_is_the_same(world, sign_in, settings):
    with provider({"sub": "42", "email": world.awa.email, "email_verified": True}) as company:
        company.name = f"{company.issuer}/"
        assert _begun(sign_in(None), settings, company.issuer).status_code == 200


def _begun(client, settings, issuer):
    settings.SOCIALACCOUNT_PROVIDERS = openid_connect({"PALABRE_OIDC_ISSUER": issuer, "PALABRE_OIDC_NAME": "Teranga"})
    return client.post("/account/oidc/company/login/?process=login", headers={"Accept-Language": "fr"})


def test_the_pages_between_speak_as_the_house(world, sign_in, settings):
    settings.SOCIALACCOUNT_PROVIDERS = openid_connect({"PALABRE_OIDC_ISSUER": "http://127.0.0.1:9"})
    asked = sign_in(None).get("/account/oidc/company/login/?process=login", headers={"Accept-Language": "fr"}).text
    assert "Se connecter avec OpenID Connect" in asked and "third-party" not in asked and "tiers" not in asked
    lost = sign_in(None).get("/account/oidc/company/login/callback/?code=x&state=y", headers={"Accept-Language": "fr"})
    assert "n’a pas dit qui vous êtes" in lost.text
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "ne connaît pas d’autre connexion" in sign_in(world.awa).get("/account/3rdparty/").text
