"""Mail leaves by the worker, sealed until then."""

import pytest
from cryptography.fernet import InvalidToken
from django.db import transaction

from palabre.people import mail
from palabre.people.tasks import A_NIGHT, carry
from tests.people.mail import carry_all, waiting

pytestmark = pytest.mark.django_db


class Rolled(Exception):
    pass


def test_a_message_arrives_as_it_was_written(mailoutbox):
    mail.post("Une échelle", "À midi.\n", "fatou@exemple.example")
    assert mailoutbox == []
    carry_all()
    [message] = mailoutbox
    assert (message.subject, message.body, message.to) == ("Une échelle", "À midi.\n", ["fatou@exemple.example"])


def test_what_is_rolled_back_is_never_sent():
    with pytest.raises(Rolled), transaction.atomic():
        mail.post("Rien", "Rien.\n", "fatou@exemple.example")
        raise Rolled
    assert not waiting().exists()


def test_the_database_alone_does_not_tell_what_waits(settings):
    mail.post("Un lien", "https://palabre.example/invitation/secret/\n", "fatou@exemple.example")
    args = str(waiting().get().args)
    assert "secret" not in args and "fatou" not in args
    settings.SECRET_KEY = "another"
    with pytest.raises(InvalidToken):
        carry(**waiting().get().args)


def test_a_message_carried_twice_is_the_same_message(mailoutbox):
    mail.post("Une fois", "Deux fois.\n", "fatou@exemple.example")
    carry_all()
    carry_all()
    one, other = (message.message()["Message-ID"] for message in mailoutbox)
    assert one == other


def test_a_mail_server_that_is_away_is_asked_again(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    mail.post("Plus tard", "Plus tard.\n", "fatou@exemple.example")
    with pytest.raises(OSError):
        carry_all()
    assert carry.retry_strategy == A_NIGHT and A_NIGHT.max_attempts


def test_news_of_a_changed_password_leave_by_the_worker_too(world, sign_in, settings, mailoutbox):
    settings.EMAIL_HOST = "mail.example"
    world.awa.set_password("un bouquet de fibres")
    world.awa.save()
    told = {"oldpassword": "un bouquet de fibres", "password1": "trois poteaux et une échelle"}
    told["password2"] = told["password1"]
    assert sign_in(world.awa).post("/account/password/change/", told).status_code == 302
    assert mailoutbox == []
    carry_all()
    [message] = mailoutbox
    assert message.to == [world.awa.email]
