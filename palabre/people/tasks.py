"""Background work for people: carrying their mail to the mail server."""

import json

from django.core.mail import EmailMessage
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from palabre.people.sealing import unseal

A_NIGHT = RetryStrategy(max_attempts=10, exponential_wait=3)
"""Tried again after 3, 9, 27 … seconds: some eight hours in all."""


@app.task(name="people.carry", retry=A_NIGHT)
def carry(sealed: str) -> None:
    """Hands one message over; after a crash perhaps twice, under the same Message-ID, which mail programs show once."""
    EmailMessage(**json.loads(unseal(sealed, "mail"))).send()
