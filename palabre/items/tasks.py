"""The worker looks every minute at what is due."""

from procrastinate.contrib.django import app

from palabre.items.appointments import keep_due


@app.periodic(cron="* * * * *")
@app.task(name="items.keep_appointments", queueing_lock="items.keep_appointments")
def keep_appointments(timestamp: int) -> None:
    """Keeps what is due by now; what is kept already is left alone, so a repeated run does no harm."""
    keep_due()
