"""Mail to one person, in their language; where no mail server is set, nothing is sent and pages say so."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation


def is_sent() -> bool:
    """Whether this house has a mail server."""
    return bool(settings.EMAIL_HOST)


def send(template: str, address: str, language: str, **context: Any) -> None:
    """Sends `<template>.txt`, whose first line is the subject, in `language`."""
    with translation.override(language or settings.LANGUAGE_CODE):
        subject, _, text = (
            render_to_string(f"{template}.txt", {**context, "company": settings.COMPANY}).strip().partition("\n")
        )
    send_mail(subject.strip(), text.strip() + "\n", None, [address])
