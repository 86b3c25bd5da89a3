"""Following: how much one wants to hear of a thing, and the list of all that one follows."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from palabre.authoring.toasts import done, done_with_undo
from palabre.kit import given, live, paging
from palabre.kit.way import back
from palabre.signals.models import Follow, Level
from palabre.signals.panels import choice
from palabre.signals.things import thing_or_404

SIZE = 100
SHOWN: dict[str, str | Promise] = {
    "": gettext_lazy("Everything"),
    "item": pgettext_lazy("what one follows", "Pages and the like"),
    "space": pgettext_lazy("what one follows", "Spaces"),
    "author": pgettext_lazy("what one follows", "People"),
    "tag": pgettext_lazy("what one follows", "Tags"),
    "search": pgettext_lazy("what one follows", "Searches"),
    "muted": gettext_lazy("Muted"),
}


@login_required
@require_GET
def follows(request: HttpRequest) -> HttpResponse:
    """`/following/`: all that one follows, and why; of each one can hear less, or nothing any more. `?of=space` those
    of one sort, `?of=muted` what one hears nothing of.
    """
    of = request.GET.get("of", "")
    if of not in SHOWN:
        raise Http404
    mine = Follow.objects.visible_to(request.user)
    if of:
        mine = mine.filter(level=Level.MUTED) if of == Level.MUTED else mine.filter(**{f"{of}__isnull": False})
    mine = mine.select_related("item", "space", "tag", "search", "author__organisation")
    mine = mine.defer("item__body", "item__html", "item__outline")
    page = paging.page(mine, request, ("-since", "-id"), SIZE)
    for follow in page.rows:
        follow.title = follow.called_by(request.user)
    return render(request, "signals/follows.html", {"page": page, "of": of, "shown": SHOWN})


@login_required
@require_POST
def following(request: HttpRequest, thing: str, pk: int) -> HttpResponse:
    """`/following/item/12/`: how much one hears of a thing from now on; without a level it is followed no more."""
    level, kind = given.text(request.POST, "level"), given.text(request.POST, "kind")
    found, about = thing_or_404(request, thing, pk, kind)
    if level and level not in Level.values:
        raise Http404
    former = Follow.objects.level_of(request.user, **about)
    Follow.objects.set(request.user, level, **about)
    live.waits_anew(request.user.pk or 0)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "signals/panels/choice.html", choice(request.user, thing, found, **about))
    way, told = back(request, found.get_absolute_url()), _("Saved: you will hear of it as you chose.")
    if thing == "search" and not level:  # it is gone, with what it was
        done(request, told)
    else:
        done_with_undo(request, told, "signals:following", pk, thing=thing, level=former, kind=kind, next=way)
    return redirect(way)
