"""Lists of ideas: the newest or the most supported, those under discussion or done; and what was done with them."""

from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from palabre.ideas import voices
from palabre.ideas.models import Step
from palabre.ideas.stages import Funnel, Meaning, Stage
from palabre.items import origins
from palabre.items.listing import Register
from palabre.items.models import Item, ItemQuerySet
from palabre.kit.paging import page
from palabre.spaces.doors import space_or_404
from palabre.spaces.views.spaces import frame

ORDERS = {"newest": _("Latest written"), "supported": _("Most supported")}
KEYS = {"newest": ("-published_at", "-id"), "supported": ("-supports", "-id")}
TOLD = {"done": pgettext_lazy("an idea", "Done"), "going": _("Under way"), "declined": _("Not taken up")}


REGISTER = Register(
    "idea",
    "ideas/rows.html",
    label=_("Which ideas"),
    ways={"all": _("All of them"), **dict(Meaning.choices)},
    begins=_("Write an idea"),
    empty={
        "all": (
            _("Nobody has written an idea yet"),
            _(
                "An idea written here is seen, supported and answered, and whoever gave it a voice hears what "
                "became of it."
            ),
        ),
    },
    house="ideas/list.html",
    space="ideas/of_space.html",
)


@require_GET
def ideas(request: HttpRequest) -> HttpResponse:
    """`/ideas/`: of all spaces that the reader sees."""
    return REGISTER.show(request, listed)


@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/ideas/`: of one space."""
    return REGISTER.show_in(request, slug, listed)


@require_GET
def done(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/ideas/done/`: what people of a space said, and what was done; what was not, and why."""
    space = space_or_404(request, slug)
    show = _chosen(request, "show", TOLD)
    last = Step.objects.filter(idea=OuterRef("pk")).order_by("-pk")
    items = Item.objects.visible_to(request.user).published().of_kind("idea").filter(space=space, idea__meaning=show)
    told = items.for_lists().select_related("idea", "idea__carrier", "idea__answered_by").annotate(
        supports=voices.number(), moved=F("idea__moved_at"), why=Subquery(last.values("words")[:1]),
        made_of=origins.of(Item.objects.visible_to(request.user)),
    )  # fmt: skip
    context = {"page": page(told, request, ("-moved", "-id"), 20), "show": show, "shows": TOLD}
    return render(request, "ideas/done.html", {**frame(request, space), **context})


def _chosen(request: HttpRequest, name: str, choices: Any) -> str:
    said = request.GET.get(name, "")
    return said if said in choices else next(iter(choices))


def listed(request: HttpRequest, items: ItemQuerySet, way: str) -> dict[str, Any]:
    """What a list of these ideas shows, of that meaning, in the order that is asked for."""
    order = _chosen(request, "order", ORDERS)
    if way != "all":
        items = items.filter(idea__meaning=way)
    rows = page(items.for_lists().select_related("idea").annotate(supports=voices.number()), request, KEYS[order])
    _name_stages(rows.rows)
    return {"page": rows, "orders": ORDERS, "order": order}


def _name_stages(items: Any) -> None:
    """What the stage of each is called in its space: one query for all."""
    shaped: dict[int, list[Stage]] = {}
    for stage in Stage.objects.filter(space__in={item.space_id for item in items}).order_by("position", "pk"):
        shaped.setdefault(stage.space_id, []).append(stage)
    for item in items:
        item.stage = Funnel.made(shaped.get(item.space_id, ())).at(item.idea.stage, item.idea.meaning)
