"""What authoring puts into the frame and into spaces: the way to write, to one's drafts, to templates and the trash."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from palabre.kit import sharing
from palabre.kit.navigation import Place, signed_in, writing
from palabre.kit.navigation import offer as offer_place
from palabre.kit.panels import Panel, offer
from palabre.kit.policy import may

offer_place(Place("write", _("Write"), "pen-line", "authoring:write", part="write", key="n", shown=signed_in))
offer_place(Place("drafts", _("My drafts"), "file-pen-line", "authoring:drafts", part="me", order=10, shown=signed_in))


def upkeep(request: HttpRequest, space: Any, **_context: Any) -> dict[str, Any] | None:
    """For who writes there."""
    return {} if may(request.user, "space.write", space) else None


def taken(shared: sharing.Shared) -> str:
    """Whatever is shared can be the beginning of a text."""
    body = "\n\n".join(filter(None, (shared.words, shared.address)))
    return writing(title=shared.title, body=body)


sharing.offer("authoring", taken, order=90)
offer(Panel("space.aside", "authoring.upkeep", "authoring/upkeep.html", upkeep, order=80))
