"""What links show on an item: what takes its place, where it is cited, what it is tied to. One query for all."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.kit import given, navigation
from palabre.kit.navigation import Place
from palabre.kit.panels import Panel, offer
from palabre.kit.policy import may
from palabre.links import following, ties
from palabre.spaces import sight


def successor(request: HttpRequest, item: Any, **_context: Any) -> dict[str, Any] | None:
    """What takes the place of this item: the latest, and how many more there are."""
    found = ties.of(request.user, item)
    if not found.successors:
        return None
    return {"successors": found.successors, "more": found.replaced - len(found.successors)}


def thread(request: HttpRequest, item: Any, **_context: Any) -> dict[str, Any] | None:
    """What led to this item, and what it led to; it came with the ties."""
    found = ties.of(request.user, item).thread
    return {"thread": found} if found else None


def around(request: HttpRequest, item: Any, **_context: Any) -> dict[str, Any] | None:
    """Backlinks with the sentence around them, and typed links."""
    found = ties.of(request.user, item)
    may_tie = request.user.is_authenticated and may(request.user, "item.tag", item)
    if not (found.cited or found.unplaced or may_tie):
        return None
    spaces = sight.of(request.user).spaces
    cited = [(citation, spaces.get(citation.source.space_id)) for citation in found.cited]
    return {"ties": found, "cited": cited, "may_tie": may_tie}


def sequel(request: HttpRequest, item: Any, **_context: Any) -> dict[str, Any] | None:
    """Beginning what follows from an item, for who writes anywhere."""
    return {} if following.may_go_on(request.user, item) else None


def while_writing(request: HttpRequest, values: Any = None, **_context: Any) -> dict[str, Any] | None:
    """What the text follows from."""
    said = (values or {}).get(following.FIELD) or given.text(request.POST, following.FIELD, 20)
    source = following.source_of(said, request.user) if said else None
    return {"source": source} if source else None


def entries(request: HttpRequest, item: Any, **_context: Any) -> dict[str, Any]:
    """The way to all links of an item."""
    return {}


def tab(request: HttpRequest, space: Any, **_context: Any) -> dict[str, Any] | None:
    """The upkeep of a space, for those who write there."""
    return {} if request.user.is_authenticated and may(request.user, "space.write", space) else None


navigation.offer(
    Place(
        "words",
        _("What became of my words"),
        "megaphone",
        "links:words",
        part="me",
        order=15,
        shown=navigation.signed_in,
    )
)
navigation.offer(
    Place("upkeep", _("Upkeep"), "list-checks", "links:house", part="me", order=60, shown=navigation.signed_in)
)
offer(Panel("item.notice", "links.successor", "links/panels/successor.html", successor, queries=1, order=10))
offer(Panel("item.below", "links.thread", "links/panels/thread.html", thread, queries=0, order=10))
offer(Panel("item.aside", "links.ties", "links/panels/ties.html", around, queries=0, order=20))
offer(Panel("item.ways", "links.sequel", "links/panels/sequel.html", sequel, order=44))
offer(Panel("write.aside", "links.after", "links/panels/after.html", while_writing, queries=1, order=14))
offer(Panel("item.ways", "links.entries", "links/panels/entries.html", entries, order=40))
offer(Panel("space.keeping", "links.upkeep", "links/panels/tab.html", tab))
