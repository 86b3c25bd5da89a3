"""The front page, for a stranger and for a person, and the guide."""

from typing import Any

from django.db.models import Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from palabre.authoring.homecoming import latest_drafts
from palabre.home import asked, sources, welcome
from palabre.home.feed import FIELDS, feed, rows_of
from palabre.home.guide import chapters
from palabre.home.homecoming import trending
from palabre.items import kinds
from palabre.items.models import Item
from palabre.kit import asks, rows
from palabre.people.sessions import last_visit
from palabre.spaces import sight

SPACES_SHOWN = 24
SHOWN_OF_A_SPACE = 4
ASKS = 3  # shown at once; the others are folded away
DISCOVERED = 5
DISCOVERED_AS = ("slug", "name", "audience", "purpose")
EXTENTS = {"mine": _("For you"), "followed": pgettext_lazy("of a feed", "Followed"), "all": _("All")}


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    """`/`: what matters to who is signed in (`?show=followed`, `?show=all`), the house from outside for others."""
    if not request.user.is_authenticated:
        return render(request, "home/stranger.html", _open_spaces(request))
    show = request.GET.get("show", "mine")
    if show not in EXTENTS:
        show = "mine"
    found = feed(request, show, last_visit(request))
    context: dict[str, Any] = {"feed": found, "show": show, "extents": EXTENTS}
    if request.htmx:  # type: ignore[attr-defined]
        fragment = "days" if request.GET.get("after") else "feed"
        return render(request, f"home/front.html#{fragment}", context | {"fragment": True})
    seen = sight.of(request.user)
    waiting = asks.waiting(request)
    mine = set(seen.mine)
    context |= {
        "kinds": [k for k in kinds.every() if not k.apart and not k.within and k.is_open_to(request.user)],
        "asks": asked.draw(waiting[:ASKS], request, first=True),
        "further": len(waiting[ASKS:]),
        "further_asks": asked.draw(waiting[ASKS:], request),
        "drafts": latest_drafts(request.user),
        "trending": trending(request.user),
        "others": seen.told([pk for pk in seen.open if pk not in mine][:DISCOVERED], *DISCOVERED_AS),
        "welcome": welcome.of(request) if not mine else None,
    }
    return render(request, "home/front.html", context)


@require_GET
def guide(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A chapter of the user's guide, in the reader's language."""
    found = chapters(get_language() or "en")
    here = next((index for index, chapter in enumerate(found) if chapter.slug == slug or not slug), None)
    if here is None:
        raise Http404
    following = found[here + 1] if here + 1 < len(found) else None
    return render(request, "home/guide.html", {"chapters": found, "chapter": found[here], "next": following})


def _open_spaces(request: HttpRequest) -> dict[str, Any]:
    """The public spaces, each with its latest items, however much is said in the others."""
    reader = request.user
    spaces = [space for space in sight.of(reader).spaces.values() if not space.archived_at]
    shown = spaces[:SPACES_SHOWN]
    newest = ("-published_at", "-id")
    place = Window(RowNumber(), partition_by="space", order_by=newest)
    items = Item.objects.visible_to(reader).published().filter(sources.whole(), space__in=shown).annotate(place=place)
    listed = rows_of(reader, items.filter(place__lte=SHOWN_OF_A_SPACE).order_by(*newest).values(*FIELDS))
    feet = rows.feet([row.pk for row in listed])
    drawn = [
        {"space": space, "rows": rows.draw([row for row in listed if row.space.pk == space.pk], feet, reader=reader)}
        for space in shown
    ]
    return {"spaces": drawn, "further": len(spaces) > len(shown)}
