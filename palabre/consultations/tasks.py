"""What the worker does for consultations: reads large results, writes letters, forgets who knocked."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

A_NIGHT = RetryStrategy(max_attempts=10, exponential_wait=3)
"""Tried again after 3, 9, 27 … seconds: some eight hours in all."""


@app.task(name="consultations.read", queueing_lock="consultations.read")
def read(consultation: int) -> None:
    """Reads the results of one for those who will ask."""
    from palabre.consultations import keeping
    from palabre.consultations.models import Consultation

    if found := Consultation.objects.select_related("item__space").filter(pk=consultation).first():
        keeping.read(found)


@app.task(name="consultations.letter", retry=A_NIGHT, pass_context=True)
def letter(context: JobContext, invitation: int, reminder: bool = False) -> None:
    """Sends one invitation, or its reminder, if it is still to be sent."""
    from palabre.consultations import letters

    letters.send(invitation, reminder=reminder)


@app.periodic(cron="7 * * * *")
@app.task(name="consultations.forget", queueing_lock="consultations.forget")
def forget(timestamp: int) -> None:
    """From which addresses strangers began, once an hour has passed."""
    from palabre.consultations.models import Knock

    Knock.forget()
