"""What the worker does for answers by mail: carrying what is told to their senders, and forgetting old rows."""

import json

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from procrastinate.contrib.django import app

from palabre.mail.answers.models import Received
from palabre.people.sealing import unseal
from palabre.people.tasks import A_NIGHT


@app.task(name="mail.answers.say", retry=A_NIGHT)
def say(sealed: str) -> None:
    """Hands one answer over with an empty return path: should it not arrive, nothing comes back to be answered."""
    letter = EmailMessage(**json.loads(unseal(sealed, "mail")))
    connection = get_connection()
    if not isinstance(connection, EmailBackend):
        connection.send_messages([letter])
        return
    # Django knows no message without a sender on its envelope.
    with connection:
        assert connection.connection is not None
        content = letter.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own has it
        connection.connection.sendmail("", letter.recipients(), content)


@app.periodic(cron="17 4 * * *")
@app.task(name="mail.answers.forget", queueing_lock="mail.answers.forget")
def forget(timestamp: int) -> None:
    """Messages that no server will bring again need no row any more."""
    Received.objects.outlived().delete()
