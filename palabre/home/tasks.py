"""Background work of the front page: what is talked of."""

from procrastinate.contrib.django import app


@app.periodic(cron="*/10 * * * *")
@app.task(name="home.trend", queueing_lock="home.trend", lock="home.trend")
def trend(timestamp: int = 0) -> None:
    """Counts anew what is talked of."""
    from palabre.home.models import Trend

    Trend.compute()
