"""The worker looks now and then for readings that nobody will do any more."""

from procrastinate.contrib.django import app

from palabre.bookmarks.listeners import give_up_forgotten


@app.periodic(cron="*/10 * * * *")
@app.task(name="bookmarks.give_up_forgotten", queueing_lock="bookmarks.give_up_forgotten")
def forgotten(timestamp: int) -> None:
    """Bookmarks whose reading failed for good say so, instead of being read for ever."""
    give_up_forgotten()
