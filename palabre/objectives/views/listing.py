"""The objectives of the house and of a space, by title: under way or ended, with how far each is."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from palabre.items.listing import Register
from palabre.items.models import ItemQuerySet
from palabre.kit.paging import page
from palabre.objectives import progress
from palabre.objectives.models import Standing

REGISTER = Register(
    "objective",
    "objectives/rows.html",
    label=_("Which objectives"),
    ways={
        "open": pgettext_lazy("several objectives", "Under way"),
        "ended": pgettext_lazy("several objectives", "Ended"),
    },
    begins=_("Set an objective"),
    empty={
        "open": (
            _("No objective is set yet"),
            _(
                "An objective says what is to be reached, how it is measured and by when; what is done for it stands "
                "on its page."
            ),
        ),
    },
)


@require_GET
def objectives(request: HttpRequest) -> HttpResponse:
    """`/objectives/`: of all spaces that the reader sees."""
    return REGISTER.show(request, _listed)


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/maison/objectives/`: of one space."""
    return REGISTER.show_in(request, slug, _listed)


def _listed(request: HttpRequest, items: ItemQuerySet, way: str) -> dict[str, Any]:
    under_way = Q(objective__standing=Standing.OPEN)
    items = items.filter(under_way if way == "open" else ~under_way)
    rows = items.for_lists().select_related("objective", "owner", "owner__organisation")
    found = page(rows.annotate(latest=progress.latest()), request, ("title", "id"))
    for item in found.rows:
        item.reached = progress.said(item.latest) if item.latest is not None else ""
        item.aimed = progress.said(item.objective.target) if item.objective.target is not None else ""
    return {"page": found, "today": localdate()}
