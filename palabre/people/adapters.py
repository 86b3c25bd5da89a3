"""django-allauth bent to this house: nobody signs up alone, secrets are sealed, OpenID Connect follows invitations."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from palabre.kit import times
from palabre.people import invitations, mail, passkeys
from palabre.people.models import Person
from palabre.people.sealing import seal, unseal

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by address and password; accounts are opened by invitation only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "duplicate_email": _("This is your address already."),
        "enter_current_password": _("This is not the password you have now."),
        "incorrect_code": _("This is not the code. Wait for the next one, and type that."),
        "incorrect_password": _("This is not your password."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
    }
    ways_again = {
        "reauthenticate": _("Use my password"),
        "mfa_reauthenticate": _("Use a one-time code"),
        "mfa_reauthenticate:webauthn": _("Use my passkey"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """Ways to show once more that it is oneself, in our words; a passkey where one can be asked for."""
        holds = passkeys.ground(current.request).holds
        ways = super().get_reauthentication_methods(user)
        return [
            way | {"description": self.ways_again.get(way["id"], way["description"])}
            for way in ways
            if holds or way["url"] != reverse("mfa_reauthenticate_webauthn") or len(ways) == 1
        ]

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def send_notification_mail(
        self, template_prefix: str, user: AbstractBaseUser, context: dict | None = None, email: str | None = None
    ) -> None:
        """Tells somebody that their sign-in changed, where the house can send mail at all."""
        if mail.is_sent():
            super().send_notification_mail(template_prefix, user, {"user": user} | (context or {}), email)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Its messages speak as all others, in the language and the hours of whom they are for, and go the same way."""
        person = context.get("user") or Person.objects.filter(email__iexact=email).first()
        zone = ZoneInfo(person.time_zone) if person else timezone.get_current_timezone()
        with translation.override((person and person.language) or translation.get_language()), timezone.override(zone):
            known = {"email": email, "company": settings.COMPANY, "house": settings.ADDRESS}
            if "timestamp" in context:
                known["when"] = times.in_full(context["timestamp"])
            message = self.render_mail(template_prefix, email, known | context)
            mail.post(message.subject, mail.filled(str(message.body)), email)

    def get_reset_password_from_key_url(self, key: str) -> str:
        return _of_the_house(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return _of_the_house(reverse("people:address_confirmation", args=[emailconfirmation.key]))


def _of_the_house(address: str) -> str:
    """A link in a mail begins with the address of the house, by whatever name it was asked."""
    return settings.ADDRESS + urlsplit(address).path


def _asked(ask: Callable[..., Any], method: str, *arguments: Any, **options: Any) -> Any:
    """What the company's sign-in answers; that it does not is told to whoever waits, and in a line of the log."""
    try:
        answer = ask(method, *arguments, **options)
        if method.upper() == "GET":  # what it says of itself, and of people, is always JSON
            answer.raise_for_status()
            _hold_to_its_name(answer.url, answer.json())
        elif answer.status_code >= 500:
            answer.raise_for_status()
    except OSError as error:  # as all errors of that library are
        logger.warning("The company's sign-in does not answer: %s", error)
        raise ImmediateHttpResponse(render(current.request, "socialaccount/silent.html", status=503)) from None
    return answer


def _hold_to_its_name(address: str, said: Any) -> None:
    """Whoever answers at the issuer must call itself by that very address (OpenID Connect Discovery 1.0, 4.3).

    Its name is what identity tokens are held to: it is not for itself to choose.
    """
    issuer, known, _rest = address.partition("/.well-known/openid-configuration")
    name = said.get("issuer") if isinstance(said, dict) else None
    if known and str(name).rstrip("/") != issuer:
        logger.warning("PALABRE_OIDC_ISSUER is %s, and the one who answers there calls itself %s", issuer, name)
        raise ImmediateHttpResponse(render(current.request, "socialaccount/another.html", status=503))


class SocialAdapter(DefaultSocialAccountAdapter):
    """Whom the company's own sign-in vouches for enters as the person we know, or as the one just invited."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        return Person.objects.with_account().filter(email__iexact=email).exists()

    def get_requests_session(self) -> Any:
        session = super().get_requests_session()
        session.request = partial(_asked, session.request)
        return session

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The invitation opened in this very browser is accepted when the vouched address is the one it names.

        Who is known by their address owns it, however they were made: from others django-allauth takes the password.
        """
        if sociallogin.is_existing:
            sociallogin.user.own_address()
            return
        invitation = invitations.held(request)
        vouched = {each.email.casefold() for each in sociallogin.email_addresses if each.verified}
        if invitation and invitation.address.casefold() in vouched:
            said = str(sociallogin.account.extra_data.get("userinfo", {}).get("name") or "")
            name = " ".join(said.split())[: Person._meta.get_field("name").max_length]
            sociallogin.connect(request, invitation.accept(name=name))
            invitations.let_go(request)


class MFAAdapter(DefaultMFAAdapter):
    """Seals the secrets of one-time codes with the key of the instance: a stolen table alone opens nothing."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"]
    }

    def encrypt(self, text: str) -> str:
        return seal(text, "mfa")

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, "mfa")
