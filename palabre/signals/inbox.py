"""The inbox as its owner reads it: each thing once, newest state first, by day.

Six queries for a page of thirty, however much waits: the entries, and what their lines tell. Rights are asked again,
so that what went out of sight since is not there.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from palabre.kit import paging
from palabre.kit.queries import AFRESH, planned
from palabre.signals.lines import LONG, Line, drawn
from palabre.signals.models import Entry

SIZE = 30

SHOWN: dict[str, str | Promise] = {
    "waiting": gettext_lazy("To read"),
    "later": gettext_lazy("Put off"),
    "done": gettext_lazy("Done"),
}


@dataclass(frozen=True)
class Inbox:
    """Some lines by day, and the mark after which the earlier ones start."""

    days: list[tuple[Any, list[Line]]]
    next: str | None

    def __bool__(self) -> bool:
        return bool(self.days)

    @property
    def newest(self) -> int:
        """The last event it tells of: who is done with all of it is done with nothing that came after."""
        return max((line.entry.event for _day, lines in self.days for line in lines), default=0)


def entries(person: Any, show: str = "waiting") -> QuerySet[Entry]:
    """The entries of a person in one of the states `SHOWN`."""
    mine = Entry.objects.of(person)
    if show == "later":
        return mine.put_off()
    return mine.done() if show == "done" else mine.waiting()


def read(request: HttpRequest, show: str = "waiting", loud: bool = False) -> Inbox:
    """The page of the reader's inbox that `?after=` names; with `loud`, only what may interrupt."""
    found = entries(request.user, show)
    if loud:
        found = found.filter(item__isnull=False, loud=True)
    order = ("-done_at", "-id") if show == "done" else ("-at", "-id")
    # Whoever has thousands is read along the index to the first few; a plan for just anybody would sort them all.
    with planned(AFRESH):
        page = paging.page(found.select_related("item", "space").defer(*LONG), request, order, SIZE)
    lines = drawn(request.user, page.rows)
    days = groupby(lines, key=lambda line: timezone.localtime(line.entry.done_at or line.entry.at).date())
    return Inbox([(day, list(group)) for day, group in days], page.next)
