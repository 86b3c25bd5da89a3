"""The register of rules, by title: of the house and of a space; and how long challenges take there."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from palabre.items.listing import Register
from palabre.items.models import Item, ItemQuerySet
from palabre.kit.paging import page
from palabre.rules import challenges
from palabre.rules.models import OVER, Challenge, Standing

STANDINGS = {"force": (Standing.FORCE,), "proposed": (Standing.PROPOSED,), "over": OVER}
REGISTER = Register(
    "rule",
    "rules/rows.html",
    label=_("Which rules"),
    lede=_("What holds in the house, why, and who answers for it. Whoever reads a rule can challenge it."),
    ways={
        "force": pgettext_lazy("several rules", "In force"),
        "proposed": pgettext_lazy("several rules", "Proposed"),
        "over": _("No longer in force"),
    },
    begins=_("Propose a rule"),
    empty={
        "force": (
            _("No rule is in force yet"),
            _(
                "A rule says what holds, why, who answers for it and when it is looked at again; whoever reads it can "
                "challenge it."
            ),
        ),
    },
)


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """`/rules/`: of all spaces that the reader sees."""
    return REGISTER.show(request, _listed)


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/maison/rules/`: of one space."""
    return REGISTER.show_in(request, slug, _listed)


def _listed(request: HttpRequest, items: ItemQuerySet, way: str) -> dict[str, Any]:
    seen = Item.objects.visible_to(request.user).order_by().values("pk")
    waiting = Q(rule__challenges__settled_at=None, rule__challenges__idea__in=seen)
    rows = items.filter(rule__standing__in=STANDINGS[way]).for_lists()
    rows = rows.select_related("rule", "owner", "owner__organisation", "trust")
    rows = rows.annotate(challenged=Count("rule__challenges", filter=waiting))
    told = Challenge.objects.told_to(request.user).filter(rule__item__in=items.order_by().values("pk"))
    return {"page": page(rows, request, ("title", "id")), "today": localdate(), "measured": challenges.measured(told)}
