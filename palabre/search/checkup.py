"""Whether the index of this node has read the journal to its end."""

from collections.abc import Iterator
from datetime import timedelta

from palabre.journal import following
from palabre.journal.following import Position
from palabre.kit.checkup import Finding, bad, checkup, good
from palabre.kit.clock import now
from palabre.search import house

PATIENCE = timedelta(seconds=10)


@checkup("Index")
def index() -> Iterator[Finding]:
    """Its position beside the journal's; what has just been written may still be on its way."""
    snapshot = house.shelf().snapshot()
    end = following.end()
    if snapshot is None:
        if end == following.START:
            yield good("nothing to index yet")
        else:
            yield bad("there is no index yet: palabre index builds it, palabre serve runs it")
        return
    position = Position(*snapshot[1])
    unread = following.since(position).filter(at__lt=now() - PATIENCE).count()
    where = f"read up to event {position.id} of {end.id}"
    if position > end:
        yield bad(f"{where}: it is of another journal; palabre reindex")
    elif unread:
        yield bad(f"{where}, {unread} events behind: is palabre index running?")
    else:
        yield good(where)
