"""django-allauth bent to this house: nobody signs up alone, secrets are sealed, OpenID Connect follows invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest

from palabre.people import invitations, mail
from palabre.people.models import Person
from palabre.people.sealing import seal, unseal

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by address and password; accounts are opened by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def send_notification_mail(
        self, template_prefix: str, user: AbstractBaseUser, context: dict | None = None, email: str | None = None
    ) -> None:
        """Tells somebody that their sign-in changed, where the house can send mail at all."""
        if mail.is_sent():
            super().send_notification_mail(template_prefix, user, context, email)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Its messages are carried by the worker, as all others."""
        request = current.request
        known = {"request": request, "email": email, "current_site": get_current_site(request)}
        message = self.render_mail(template_prefix, email, known | context)
        mail.post(message.subject, str(message.body), email)


class SocialAdapter(DefaultSocialAccountAdapter):
    """Whom the company's own sign-in vouches for enters as the person we know, or as the one just invited."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        return Person.objects.with_account().filter(email__iexact=email).exists()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The invitation opened in this very browser is accepted when the vouched address is the one it names."""
        if sociallogin.is_existing:
            return
        invitation = invitations.held(request)
        vouched = {each.email.casefold() for each in sociallogin.email_addresses if each.verified}
        if invitation and invitation.address.casefold() in vouched:
            name = sociallogin.account.extra_data.get("userinfo", {}).get("name", "")
            sociallogin.connect(request, invitation.accept(name=name))
            invitations.let_go(request)


class MFAAdapter(DefaultMFAAdapter):
    """Seals the secrets of one-time codes with the key of the instance: a stolen table alone opens nothing."""

    def encrypt(self, text: str) -> str:
        return seal(text, "mfa")

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, "mfa")
