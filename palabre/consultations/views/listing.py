"""Lists of consultations: of all spaces or of one, by where they stand."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from palabre.consultations.methods import METHODS
from palabre.consultations.models import Stage
from palabre.consultations.waiting import waiting_for
from palabre.items.listing import Register
from palabre.items.models import ItemQuerySet
from palabre.kit.paging import page

REGISTER = Register(
    "consultation",
    "consultations/rows.html",
    label=_("Which consultations"),
    ways={
        "all": pgettext_lazy("consultations", "All"),
        "open": pgettext_lazy("consultations", "Open"),
        "returned": _("With their results"),
        "waiting": _("Waiting for me"),
    },
    mine="waiting",
    begins=_("Consult people"),
    start="/consultations/new/",
    empty={
        "waiting": (
            _("Nothing waits for you"),
            _("Consultations in which you were asked come here until you have answered."),
        ),
        "all": (
            _("Nobody has been consulted yet"),
            _("A consultation asks people inside or outside, by a method that knows how to read their answers."),
        ),
    },
)


@require_GET
def consultations(request: HttpRequest) -> HttpResponse:
    """`/consultations/`: of all spaces that the reader sees."""
    return REGISTER.show(request, _listed)


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/consultations/`: of one space."""
    return REGISTER.show_in(request, slug, _listed)


def _listed(request: HttpRequest, items: ItemQuerySet, way: str) -> dict[str, Any]:
    if way == "open":
        items = items.filter(consultation__stage=Stage.OPEN)
    elif way == "returned":
        items = items.filter(consultation__returned_at__isnull=False)
    elif way == "waiting":
        items = waiting_for(request.user.pk, items)
    told = items.for_lists().annotate(
        **{name: F(f"consultation__{name}") for name in ("stage", "closes_at", "sent", "method", "returned_at")}
    )
    listed = page(told, request)
    for item in listed.rows:
        item.stage_label = Stage(item.stage).label
        item.method_label = METHODS[item.method].label if item.method in METHODS else ""
    return {"page": listed}
