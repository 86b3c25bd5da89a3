"""The board on which ideas go from stage to stage, and the shaping of the stages."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from palabre.authoring.toasts import done
from palabre.ideas import voices
from palabre.ideas.shaping import MOST, Misshapen, Wanted, shape
from palabre.ideas.stages import Funnel, Meaning
from palabre.items.models import Item
from palabre.kit import given
from palabre.kit.policy import may, require
from palabre.spaces.doors import space_or_404
from palabre.spaces.views.spaces import frame

SHOWN = 30  # ideas of a stage


@require_GET
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/ideas/board/`: a column for each stage, the most supported ideas first."""
    space = space_or_404(request, slug)
    funnel = Funnel.of(space)
    place = Window(RowNumber(), partition_by=F("idea__stage"), order_by=[F("supports").desc(), F("pk").desc()])
    items = Item.objects.visible_to(request.user).published().of_kind("idea").filter(space=space)
    found = items.for_lists().select_related("idea", "idea__carrier").annotate(supports=voices.number(), place=place)
    columns: dict[str, list[Item]] = {stage.key: [] for stage in funnel}
    for item in found.filter(place__lte=SHOWN + 1).order_by("-supports", "-pk"):
        columns[funnel.at(item.idea.stage, item.idea.meaning).key].append(item)  # type: ignore[attr-defined]
    may_move = may(request.user, "space.steward", space) and not space.archived_at
    context = {
        "columns": [(stage, columns[stage.key][:SHOWN], len(columns[stage.key]) > SHOWN) for stage in funnel],
        "funnel": funnel,
        "may_move": may_move,
    }
    return render(request, "ideas/board.html", {**frame(request, space), **context})


@login_required
@require_http_methods(["GET", "POST"])
def shaping(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/ideas/stages/`: the names of the stages, what they mean, their order; a name left empty takes one
    away."""
    space = space_or_404(request, slug)
    require(request.user, "space.steward", space)
    rows = [{"key": each.key, "name": str(each), "meaning": each.meaning} for each in Funnel.of(space)]
    refused = ""
    if request.method == "POST":
        rows = _typed(request)
        try:
            shape(space, [Wanted(**row) for row in rows if row["name"]], request.user)
        except Misshapen as error:
            refused = _refusal(error)
        else:
            done(request, _("These are the stages of the space now."))
            return redirect("ideas:stages", slug)
    context = {"rows": rows, "meanings": Meaning.choices, "refused": refused, "places": range(1, len(rows) + 2)}
    status = 422 if refused else 200
    return render(request, "ideas/stages.html", {**frame(request, space), **context}, status=status)


def _typed(request: HttpRequest) -> list[dict[str, Any]]:
    """The stages as they were typed, in the order of their places; of equal places, in that of the form."""
    sent, rows = request.POST, []
    for number in range(MOST + 2):
        if f"name-{number}" not in sent:
            break
        name = " ".join(given.text(sent, f"name-{number}", 40).split())
        key = given.text(sent, f"key-{number}", 24)
        row = {"key": key, "name": name, "meaning": given.text(sent, f"meaning-{number}", 10)}
        if name or key:
            rows.append((given.number(sent, f"place-{number}") or number + 1, number, row))
    return [row for _place, _number, row in sorted(rows, key=lambda each: each[:2])]


def _refusal(error: Misshapen) -> str:
    """What is wrong with the stages, and what to do."""
    sentences = {
        "first": _("Ideas begin in the first of the usual stages: rename it, but keep it."),
        "many": _("That is too many stages for one board: twelve at most."),
        "meaning": _("Say what the stage “%(stage)s” means."),
        "begin": _("Ideas begin in “%(stage)s”: it means that they are under discussion."),
        "twice": _("Two stages are called “%(stage)s”: name them apart."),
        "occupied": _("Ideas stand in “%(stage)s”: move them to another stage first."),
        "unknown": _("The stages were changed meanwhile: look at them again, then save."),
    }
    return sentences[error.why] % {"stage": error.stage}
