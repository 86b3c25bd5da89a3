"""Lists of commitments: those that are open, the latest first, and what came of the others."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from palabre.commitments.models import State
from palabre.items.listing import Register
from palabre.items.models import ItemQuerySet
from palabre.kit.paging import page

OPEN, SETTLED = ("day", "id"), ("-settled", "-id")
REGISTER = Register(
    "commitment",
    "commitments/rows.html",
    label=_("Which commitments"),
    ways={
        "open": pgettext_lazy("commitments", "Open"),
        "mine": _("Mine to carry"),
        "kept": pgettext_lazy("commitments", "Kept"),
        "broken": pgettext_lazy("commitments", "Not kept"),
        "dropped": pgettext_lazy("commitments", "Dropped"),
    },
    mine="mine",
    begins=_("Commit to something"),
    rule="commitment.make",
    empty={
        "mine": (_("You carry nothing that is open"), _("What you say you will do comes here, the latest day last.")),
        "open": (
            _("No commitment is open"),
            _(
                "A commitment says what will be done, by whom and by when. It begins on any idea, decision or page, or "
                "by itself."
            ),
        ),
    },
)


@require_GET
def commitments(request: HttpRequest) -> HttpResponse:
    """`/commitments/`: of all spaces that the reader sees."""
    return REGISTER.show(request, _listed)


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/commitments/`: of one space."""
    return REGISTER.show_in(request, slug, _listed)


def _listed(request: HttpRequest, items: ItemQuerySet, way: str) -> dict[str, Any]:
    state = State.OPEN if way == "mine" else way
    items = items.filter(commitment__state=state)
    if way == "mine":
        items = items.filter(commitment__carrier=request.user.pk)
    told = items.for_lists().select_related("commitment", "commitment__carrier")
    told = told.annotate(day=F("commitment__due"), settled=F("commitment__settled_at"))
    return {"page": page(told, request, OPEN if state == State.OPEN else SETTLED)}
