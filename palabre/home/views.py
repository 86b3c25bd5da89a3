"""The front page: for a stranger what Palabre is, for a person what matters to them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from palabre.authoring.models import Draft
from palabre.home.feed import FIELDS, feed, rows_of
from palabre.items import kinds
from palabre.items.models import Item
from palabre.kit import rows
from palabre.spaces import sight

SHOWN_TO_STRANGERS = 30
SHOWN_OF_A_SPACE = 4
DRAFTS = 5


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """`/`: the feed of who is signed in (`?show=all` beyond their spaces), the house from outside for others."""
    if not request.user.is_authenticated:
        return render(request, "home/stranger.html", {"spaces": _open_spaces(request)})
    seen = sight.of(request.user)
    mine = [space.pk for space in seen.mine]
    everything = request.GET.get("show") == "all" or not mine
    found = feed(request, None if everything else mine)
    context: dict[str, Any] = {"feed": found, "everything": everything, "has_spaces": bool(mine)}
    if request.htmx and request.GET.get("after"):  # type: ignore[attr-defined]
        context["told"] = request.GET.get("told", "")
        return render(request, "home/front.html#days", context)
    context |= {
        "kinds": kinds.every(),
        "drafts": Draft.objects.of(request.user)[:DRAFTS],
        "others": [space for space in seen.spaces.values() if space.pk not in mine and not space.archived_at],
    }
    return render(request, "home/front.html", context)


def _open_spaces(request: HttpRequest) -> list[dict[str, Any]]:
    """The public spaces, each with its latest items."""
    latest = Item.objects.visible_to(request.user).published().order_by("-published_at", "-id")
    listed = rows_of(request.user, latest.values(*FIELDS)[:SHOWN_TO_STRANGERS])
    spaces = [space for space in sight.of(request.user).spaces.values() if not space.archived_at]
    return [
        {
            "space": space,
            "rows": rows.draw([row for row in listed if row.space.pk == space.pk][:SHOWN_OF_A_SPACE]),
        }
        for space in spaces
    ]
