"""Following: how much one wants to hear of a thing, and the list of all that one follows."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from palabre.authoring.toasts import done, done_with_undo
from palabre.items import kinds
from palabre.kit import given, paging
from palabre.kit.way import back
from palabre.signals.models import HOUSE, ITSELF, Follow, Level
from palabre.signals.panels import choice
from palabre.signals.things import thing_or_404

SIZE = 100


@login_required
@require_GET
def follows(request: HttpRequest) -> HttpResponse:
    """`/following/`: all that one follows, and why; of each one can hear less, or nothing any more."""
    mine = Follow.objects.visible_to(request.user)
    mine = mine.select_related("item", "space", "tag", "search", "author__organisation")
    mine = mine.defer("item__body", "item__html", "item__outline")
    page = paging.page(mine, request, ("-since", "-id"), SIZE)
    return render(request, "signals/follows.html", {"page": page})


@login_required
@require_POST
def following(request: HttpRequest, thing: str, pk: int) -> HttpResponse:
    """`/following/item/12/`: how much one hears of a thing from now on; without a level it is followed no more."""
    found = thing_or_404(request, thing, pk)
    level, kind = given.text(request.POST, "level"), given.text(request.POST, "kind")
    if level and level not in Level.values:
        raise Http404
    about = {thing: found} if thing != HOUSE else {}
    if kind or thing == HOUSE:
        if (
            thing not in ("space", HOUSE)
            or (thing == HOUSE and kind != ITSELF)
            or kind not in {ITSELF, *(each.name for each in kinds.every())}
        ):
            raise Http404
        about["kind"] = kind
    former = Follow.objects.level_of(request.user, **about)
    Follow.objects.set(request.user, level, **about)
    if request.htmx and thing != HOUSE:  # type: ignore[attr-defined]
        return render(request, "signals/panels/choice.html", choice(request.user, thing, found, kind))
    way, told = back(request, found.get_absolute_url()), _("Kept: you hear of it as you have chosen.")
    if thing == "search" and not level:  # it is gone, with what it was
        done(request, told)
    else:
        done_with_undo(request, told, "signals:following", pk, thing=thing, level=former, kind=kind, next=way)
    return redirect(way)
