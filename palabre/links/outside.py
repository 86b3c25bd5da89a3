"""Do the outside addresses still answer? Visited in the background, seldom, and as a well-behaved robot would.

Pace, robots.txt and back-off within one round are `kit.courtesy`'s; here is when an address is due again, and how
often it must fail before it is called broken: the web has bad days.
"""

from datetime import timedelta

from palabre.kit.clock import now
from palabre.kit.courtesy import visit
from palabre.kit.outbound import Fetched, Refused
from palabre.links.models import Health, OutsideAddress

A_ROUND = 200
STRIKES = 2
AGAIN = timedelta(days=30)
SOON = timedelta(days=1)
LATEST = timedelta(days=60)
GONE = (404, 410, 451)


def visit_due(limit: int = A_ROUND) -> int:
    """Visits the addresses that are due and that some text still cites; returns how many."""
    due = OutsideAddress.objects.filter(due_at__lte=now(), cited_in__isnull=False).distinct().order_by("due_at", "pk")
    rows = {row.address: row for row in due[:limit]}
    for address, outcome in visit(rows):
        note(rows[address], outcome)
    return len(rows)


def note(row: OutsideAddress, outcome: Fetched | Refused) -> None:
    """Writes down what a visit brought, and when to come again: later and later while it fails."""
    row.visited_at = now()
    row.moved_to, row.status, row.reason = "", None, ""
    if isinstance(outcome, Refused) and outcome.reason == "robots":
        row.health, row.failures = Health.CLOSED, 0
    elif isinstance(outcome, Refused):
        row.reason = outcome.reason
        _fail(row, certain=not outcome.retry)
    elif outcome.status in GONE:
        row.status = outcome.status
        _fail(row, certain=True)
    elif outcome.status >= 500:
        row.status = outcome.status
        _fail(row, certain=False)
    else:
        # 401, 403, 429 and the like: something answers there, only not to us.
        row.status, row.failures = outcome.status, 0
        row.health = Health.MOVED if outcome.moved else Health.ALIVE
        row.moved_to = (outcome.moved or "")[:2000]
    row.due_at = row.visited_at + (min(SOON * 2**row.failures, LATEST) if row.failures else AGAIN)
    row.save()


def _fail(row: OutsideAddress, certain: bool) -> None:
    row.failures = min(row.failures + 1, 10)
    if certain or row.failures >= STRIKES:
        row.health = Health.BROKEN
