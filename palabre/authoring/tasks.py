"""Background work of authoring at fixed hours."""

from procrastinate.contrib.django import app

from palabre.authoring import renewal, tidying


@app.periodic(cron="41 3 * * *")
@app.task(name="authoring.tidy", queueing_lock="authoring.tidy", pass_context=False)
def tidy(timestamp: int = 0) -> int:
    """Forgets the files nobody needs any more."""
    return tidying.tidy()


@app.periodic(cron="*/10 * * * *")
@app.task(name="authoring.renew", queueing_lock="authoring.renew", lock="authoring.renew", pass_context=False)
def renew(timestamp: int = 0) -> None:
    """Renders anew what an earlier Palabre rendered; nearly always there is nothing to do."""
    if renewal.is_due():
        renewal.renew()
