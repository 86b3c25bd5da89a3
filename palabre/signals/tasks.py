"""Background work for signals: those whose people have come by since wait for nothing any more."""

from procrastinate.contrib.django import app

from palabre.signals import carrying


@app.periodic(cron="*/10 * * * *")
@app.task(name="signals.see_off", queueing_lock="signals.see_off")
def see_off(timestamp: int) -> None:
    """Says of what stood in the inbox of somebody who was here that it reached them so."""
    carrying.see_off()
