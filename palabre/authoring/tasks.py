"""Background work of authoring at fixed hours."""

from procrastinate.contrib.django import app

from palabre.authoring import tidying


@app.periodic(cron="41 3 * * *")
@app.task(name="authoring.tidy", queueing_lock="authoring.tidy", pass_context=False)
def tidy(timestamp: int = 0) -> int:
    """Forgets the files nobody needs any more."""
    return tidying.tidy()
