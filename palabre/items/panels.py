"""What items show of themselves elsewhere: the latest of a space, what somebody wrote."""

from typing import Any

from django.http import HttpRequest

from palabre.items.models import Item
from palabre.items.weeks import bars, weeks
from palabre.kit.paging import page
from palabre.kit.panels import Panel, offer
from palabre.people.models import Person
from palabre.spaces.models import Space


def latest(request: HttpRequest, space: Space, **_context: Any) -> dict[str, Any] | None:
    """The newest of a space first, page by page."""
    items = Item.objects.visible_to(request.user).published().filter(space=space.pk).for_lists()
    found = page(items, request, size=20)
    return {"page": found}


def contributions(request: HttpRequest, person: Person) -> dict[str, Any] | None:
    """What somebody wrote and the reader may read, newest first."""
    items = Item.objects.visible_to(request.user).published().filter(author=person.pk)
    found = page(items.for_lists(), request, size=20)
    if not found.rows:
        return None
    shown = weeks(items)
    inside, outside = sum(week.inside for week in shown), sum(week.outside for week in shown)
    drawn = bars(shown) if inside + outside else []
    return {"page": found, "bars": drawn, "inside": inside, "outside": outside}


offer(Panel("space.main", "items.latest", "items/panels/latest.html", latest, queries=1))
offer(Panel("person.below", "items.contributions", "items/panels/contributions.html", contributions, queries=2))
