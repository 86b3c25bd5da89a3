"""Sealing with the key of the instance: a stolen table alone opens nothing. Each purpose has a seal of its own."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def seal(text: str, purpose: str) -> str:
    return _of(purpose).encrypt(text.encode()).decode()


def seal_without_hour(text: str, purpose: str) -> str:
    """As `seal`, for what must not tell when it was sealed: a seal bears its hour for everybody to read."""
    return _of(purpose).encrypt_at_time(text.encode(), 0).decode()


def unseal(sealed: str, purpose: str) -> str:
    """The text that was sealed; raises `InvalidToken` for anything else."""
    return _of(purpose).decrypt(sealed.encode()).decode()


def _of(purpose: str) -> Fernet:
    digest = hashlib.sha256(f"palabre.people.{purpose}{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
