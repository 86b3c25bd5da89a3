"""Mail about one's account: our words, in the language of whom it is for, in lines of at most 76 columns."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.conf import settings as configured
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import timezone

from palabre.people import mail
from tests.people.mail import carry_all

pytestmark = pytest.mark.django_db
TEMPLATES = Path(allauth.__file__).parent / "templates"
# Nobody signs up or in by a code here, and an account has one address.
NEVER = re.compile(r"login_code|password_reset_code|email_confirmation_signup|email_deleted|email_confirm$")
LETTERS = sorted(
    {
        str(path.relative_to(TEMPLATES)).removesuffix("_message.txt")
        for path in TEMPLATES.rglob("email/*_message.txt")
        if not path.name.startswith("base_") and not NEVER.search(path.name.removesuffix("_message.txt"))
    }
    | {"account/email/email_asked"}
)
LINK = "https://palabre.example/account/password/reset/key/" + "x" * 90 + "/"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


@pytest.fixture
def letter(world, settings, mailoutbox):
    """Sends one of allauth's letters to Awa, and hands it over."""
    settings.EMAIL_HOST, settings.COMPANY = "mail.example", "L’Atelier & Cie"

    def sent(name, language):
        world.awa.language = language
        world.awa.save(update_fields=["language"])
        said = {
            "from_email": world.awa.email,
            "to_email": "autre@exemple.example",
            "provider": "L’annuaire",
            "password_reset_url": LINK,
            "activate_url": LINK,
            "timestamp": timezone.now(),
            "ip": "192.0.2.7",
            "user_agent": AGENT,
        }
        with context.request_context(RequestFactory().get("/", headers={"Accept-Language": "de"})):
            get_adapter().send_mail(name, world.awa.email, said)
        carry_all()
        [message] = mailoutbox
        return message

    return sent


def test_the_letters_are_known():
    assert len(LETTERS) == 16


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_is_ours(name):
    for part in ("subject", "message"):
        assert Path(configured.BASE) in Path(get_template(f"{name}_{part}.txt").origin.name).parents
        assert "site-packages" not in get_template(f"{name}_{part}.txt").origin.name


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_speaks_as_the_house(letter, name, language):
    message = letter(name, language)
    body = message.body
    assert message.message()["From"].startswith("=?utf-8?") and "palabre@localhost" in message.message()["From"]
    assert (message.message()["Auto-Submitted"], message.message()["Content-Language"]) == ("auto-generated", language)
    assert "L’Atelier & Cie" in body and "&amp;" not in body and "{" not in body
    long = [line for line in body.splitlines() if len(line) > mail.COLUMNS and not line.startswith("https://")]
    assert not long and not re.search(r"\n\n\n", body)
    assert not re.search(r"[Hh]ello from|Thank you for using|security precautions|courriel", body)
    assert body.rstrip().endswith(
        {"fr": "personne ne lit les réponses à ce message.", "en": "nobody reads answers to this message."}[language]
    )
    assert "\n-- \n" in body
    french = re.search(r"\b(votre|vous|adresse|compte)\b", body + message.subject)
    assert bool(french) == (language == "fr")
    if "reset_key" in name or "confirmation" in name:
        assert f"\n{LINK}\n" in body


def test_a_link_begins_with_the_address_of_the_house(world, sign_in, settings, mailoutbox):
    settings.EMAIL_HOST, settings.ADDRESS = "mail.example", "https://palabre.example"
    sign_in(None).post("/account/password/reset/", {"email": world.awa.email}, headers={"host": "localhost:9"})
    carry_all()
    [message] = mailoutbox
    assert "\nhttps://palabre.example/account/password/reset/key/" in message.body and "localhost" not in message.body


def test_invitations_keep_to_the_same_width(world):
    assert max(map(len, mail.filled("mot " * 60 + "\n> " + "cité " * 40).splitlines()[:-1])) <= mail.COLUMNS
