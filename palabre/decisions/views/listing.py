"""The register: decisions of all spaces or of one, by where they stand."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from palabre.decisions.methods import titles
from palabre.decisions.models import Stage
from palabre.decisions.waiting import waiting_for
from palabre.items.listing import Register
from palabre.items.models import Item, ItemQuerySet
from palabre.kit.paging import page
from palabre.links.models import Link, Type

REGISTER = Register(
    "decision",
    "decisions/rows.html",
    label=_("Which decisions"),
    ways={
        "all": pgettext_lazy("decisions", "All"),
        "open": pgettext_lazy("decisions", "Open"),
        "decided": pgettext_lazy("decisions", "Decided"),
        "force": _("In force"),
        "review": _("To look at again"),
        "waiting": _("Waiting for me"),
    },
    mine="waiting",
    begins=_("Propose a decision"),
    empty={
        "waiting": (_("Nothing waits for you"), _("Votes in which your ballot is missing come here.")),
        "all": (
            _("Nobody has proposed anything yet"),
            _("A proposal says what is to be decided and why; then people vote, by a rule that was declared before."),
        ),
    },
    house="decisions/list.html",
)
# Something was chosen, whatever open ties make of it, or said: a vote that came to nothing is closed, and not decided.
SETTLED = Q(decision__stage=Stage.CLOSED) & (
    ~Q(decision__statement="") | Q(decision__outcome__document__result__sure__0__isnull=False)
)
_SUCCESSOR = JSONObject(pk="source", title=F("source__title"), language=F("source__language"))


@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """`/decisions/`: of all spaces that the reader sees."""
    return REGISTER.show(request, _listed)


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/decisions/`: the register of one space."""
    return REGISTER.show_in(request, slug, _listed)


def _listed(request: HttpRequest, items: ItemQuerySet, way: str) -> dict[str, Any]:
    if way == "open":
        items = items.filter(decision__stage=Stage.OPEN)
    elif way == "decided":
        items = items.filter(SETTLED)
    elif way == "force":
        items = items.filter(SETTLED, ~Exists(_successors(request)))
    elif way == "review":
        items = items.filter(decision__review_on__isnull=False, decision__stage=Stage.CLOSED)
    elif way == "waiting":
        items = waiting_for(request.user.pk, items)
    told = items.for_lists().annotate(
        stage=F("decision__stage"),
        closes_at=F("decision__closes_at"),
        review_on=F("decision__review_on"),
        review_due=F("decision__review_due"),
        options=F("decision__options"),
        method=F("decision__rule__name"),
        stated=~Q(decision__statement=""),
        sure=F("decision__outcome__document__result__sure"),
        winners=F("decision__outcome__document__result__winners"),
        successor=Subquery(_successors(request).values(brief=_SUCCESSOR)[:1]),
    )
    listed = page(told, request)
    for item in listed.rows:
        sure, winners = item.sure or [], item.winners or []
        called = titles(item.method or "", item.options)
        item.chosen = ", ".join(title for key, title in called.items() if key in sure)
        item.equal = ", ".join(title for key, title in called.items() if key in winners and not item.chosen)
        if item.successor:
            item.successor = Item(**item.successor, kind="decision")
        item.settled = item.chosen or item.stated
        item.stage_label = Stage(item.stage).in_words(settled=item.settled)
    return {"page": listed}


def _successors(request: HttpRequest) -> QuerySet[Link]:
    """What says of a decision of the outer query that it takes its place, as far as the reader sees it."""
    seen = Item.objects.visible_to(request.user).published().of_kind("decision")
    taken = Link.objects.filter(type=Type.SUPERSEDES, target=OuterRef("pk"), source__in=seen.order_by().values("pk"))
    return taken.order_by("-at")
