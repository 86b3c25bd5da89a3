"""Background work of links: authority after changes and every night, outside addresses from time to time."""

from typing import Any

from procrastinate.contrib.django import app

from palabre.journal.waiting import ask_once

PATIENCE = 30  # seconds in which many changes become one computation


@app.periodic(cron="23 3 * * *")
@app.task(name="links.recompute_authority", queueing_lock="links.authority", pass_context=False)
def recompute_authority(timestamp: int = 0) -> None:
    """Computes all authorities; one such job waits at a time, whatever happens meanwhile."""
    from palabre.links import ranking  # here, since it needs numpy, and only the worker computes

    ranking.recompute()


def recompute_soon() -> None:
    """Asks for a computation in a moment, unless one is asked for already."""
    ask_once(recompute_authority, PATIENCE)


@app.periodic(cron="*/20 * * * *")
@app.task(name="links.visit_outside", queueing_lock="links.outside", lock="links.outside")
def visit_outside(timestamp: int = 0) -> Any:
    """Visits the outside addresses that are due, politely: a second and more between requests to one host."""
    from palabre.links import outside  # here, since only the worker goes outside: 8 MB less in all others

    return outside.visit_due()
