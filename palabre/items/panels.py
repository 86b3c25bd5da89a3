"""What items show of themselves elsewhere: the latest of a space, what somebody wrote."""

from typing import Any

from django.http import HttpRequest

from palabre.items.models import Item, asking
from palabre.items.weeks import bars, weeks
from palabre.kit.navigation import writing
from palabre.kit.paging import cut, page
from palabre.kit.panels import Panel, offer
from palabre.kit.policy import may
from palabre.kit.queries import EITHER, Prepared, Slot
from palabre.people.models import Person
from palabre.spaces.models import Space

SIZE = 20

_LATEST = Prepared(
    lambda: (
        Item.objects.visible_to_asker()
        .published()
        .filter(space=Slot("space"))
        .for_lists()
        .order_by("-published_at", "-id")[: SIZE + 1]
    ),
    planned=EITHER,
)


def latest(request: HttpRequest, space: Space, **_context: Any) -> dict[str, Any] | None:
    """The newest of a space first, page by page."""
    if "after" not in request.GET:
        found = cut(_LATEST(space=space.pk, **asking(request.user)), size=SIZE)
        begin = writing(space=space.slug) if not found.rows and may(request.user, "space.write", space) else ""
        return {"page": found, "begin": begin}
    items = Item.objects.visible_to(request.user).published().filter(space=space.pk).for_lists()
    return {"page": page(items, request, size=SIZE)}


def contributions(request: HttpRequest, person: Person) -> dict[str, Any] | None:
    """What somebody wrote and the reader may read, newest first."""
    items = Item.objects.visible_to(request.user).published().filter(author=person.pk)
    found = page(items.for_lists(), request, size=SIZE)
    if not found.rows:
        return None
    shown = weeks(items)
    inside, outside = sum(week.inside for week in shown), sum(week.outside for week in shown)
    drawn = bars(shown) if inside + outside else []
    return {"page": found, "bars": drawn, "inside": inside, "outside": outside}


offer(Panel("space.main", "items.latest", "items/panels/latest.html", latest, queries=1))
offer(Panel("person.below", "items.contributions", "items/panels/contributions.html", contributions, queries=2))
