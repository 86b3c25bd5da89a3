"""The inbox: what waits, what was put off and what is done; each entry is read, put off, done, or waits again."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from palabre.authoring.toasts import done as said
from palabre.authoring.toasts import done_with_undo
from palabre.items.doors import item_or_404
from palabre.journal import following
from palabre.journal.following import Position
from palabre.kit import given, live, navigation
from palabre.kit.clock import now
from palabre.kit.tokens import token
from palabre.kit.way import back
from palabre.signals import drawing, lines
from palabre.signals import inbox as reading
from palabre.signals.doors import entry_or_404
from palabre.signals.models import Entry
from palabre.signals.news import missed, pieces

MORNING, EVENING = 8, 18


@login_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """`/inbox/`: what waits; `?show=later` what was put off, `?show=done` what is done, `?only=loud` what is for me."""
    show = request.GET.get("show", "waiting")
    if show not in reading.SHOWN:
        raise Http404
    loud = request.GET.get("only") == "loud"
    found = reading.read(request, show, loud)
    context = {
        "inbox": found,
        "show": show,
        "loud": loud,
        "shown": reading.SHOWN,
        "hours": hours(),
        "further": bool(request.GET.get("after")),
    }
    context["days"] = _drawn(request, found, context)
    if request.htmx and request.GET.get("after"):  # type: ignore[attr-defined]
        return render(request, "signals/inbox.html#days", context)
    return render(request, "signals/inbox.html", context)


def _drawn(request: HttpRequest, found: reading.Inbox, context: dict[str, Any]) -> list[tuple[Any, SafeString]]:
    """The lines of each day."""

    known = context | {"request": request, "csrf_token": token(request), "number": drawing.ITEM}

    def part(name: str, line: lines.Line) -> str:
        template: Any = get_template(f"signals/inbox.html#{name}")
        entry = Entry(pk=drawing.ENTRY, unread=line.entry.unread)
        return str(template.template.render(Context(known | {"entry": entry, "line": line})))

    pen = drawing.Lines(request.user, part)
    return [(day, pen.draw(some)) for day, some in found.days]


def hours() -> dict[str, datetime]:
    """When something that is put off may come back, in the reader's own time: this evening while that is to come."""
    here = timezone.localtime()
    evening = here.replace(hour=EVENING, minute=0, second=0, microsecond=0)
    morning = here.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    coming = {
        "evening": evening,
        "tomorrow": morning + timedelta(days=1),
        "week": morning + timedelta(days=7 - here.weekday()),
    }
    return {name: at for name, at in coming.items() if at > here}


@login_required
@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """`/inbox/12/done/`: one is done with it, until something new happens; with `undo` it waits again."""
    entry = entry_or_404(request, pk)
    if "undo" in request.POST:
        Entry.objects.filter(pk=entry.pk).update(done_at=None)
        said(request, _("It waits in the inbox again."))
    else:
        with transaction.atomic():
            Entry.objects.filter(pk=entry.pk).update(done_at=now())
            Entry.objects.filter(pk=entry.pk).see(entry.event)
        done_with_undo(request, _("Done."), "signals:done", entry.pk, undo=1)
    live.waits_anew(request.user.pk or 0)
    return redirect(back(request, "/inbox/"))


@login_required
@require_POST
def later(request: HttpRequest, pk: int) -> HttpResponse:
    """`/inbox/12/later/`: it comes back at `until`; with `undo` it is there again."""
    entry = entry_or_404(request, pk)
    until = now() if "undo" in request.POST else hours().get(given.text(request.POST, "until"))
    if until is None:
        raise Http404
    Entry.objects.filter(pk=entry.pk).update(at=until, done_at=None)
    if "undo" not in request.POST:
        done_with_undo(request, _("Put off."), "signals:later", entry.pk, undo=1)
    live.waits_anew(request.user.pk or 0)
    return redirect(back(request, "/inbox/"))


@login_required
@require_POST
def reading_state(request: HttpRequest, pk: int) -> HttpResponse:
    """`/inbox/12/reading/`: it has been read, or is to be read again."""
    entry = entry_or_404(request, pk)
    mine = Entry.objects.filter(pk=entry.pk)
    mine.unsee() if "unread" in request.POST else mine.see(entry.event)
    live.waits_anew(request.user.pk or 0)
    return redirect(back(request, "/inbox/"))


@login_required
@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """`/inbox/item/12/reading/`: an open page has shown what happened there, up to the event it names."""
    item = item_or_404(request, pk, apart=True)
    Entry.objects.filter(person=request.user.pk, item=item).see(given.number(request.POST, "event") or 0)
    live.waits_anew(request.user.pk or 0)
    return HttpResponse(status=204)


@never_cache
@login_required
@require_GET
def news(request: HttpRequest) -> HttpResponse:
    """`/inbox/news/?item=12&after=7-8`: what the stream of a page would have told since, for browsers that cannot
    keep a line open; and the place up to which that is.
    """
    said: dict[str, Any] = {"waiting": navigation.counts(request)}
    if number := given.number(request.GET, "item"):
        item, place = item_or_404(request, number, apart=True), following.settled()
        after = Position.read(given.text(request.GET, "after", 60))
        told = missed(after, item.pk) if after else []
        reader, language = request.user.pk or 0, get_language() or ""
        said |= {"happened": [piece.data(language, reader) for piece in pieces(told)], "after": place.named}
    return JsonResponse(said)


@login_required
@require_POST
def all_done(request: HttpRequest) -> HttpResponse:
    """`/inbox/done/`: one is done with all that was waiting when the page was made, up to the event it names."""
    event = given.number(request.POST, "event") or 0
    with transaction.atomic():
        waiting = Entry.objects.of(request.user).waiting().filter(event__lte=event)
        keys = list(waiting.order_by("pk").values_list("pk", flat=True))
        mine = Entry.objects.filter(pk__among=keys)
        mine.update(done_at=now())
        mine.see(event)
    live.waits_anew(request.user.pk or 0)
    number = len(keys)
    said(request, ngettext("%(n)s thing is done.", "%(n)s things are done.", number) % {"n": number})
    return redirect("signals:inbox")
