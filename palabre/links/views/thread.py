"""The thread of one item: from the first voice to what came of it, with how each step stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from palabre.items.doors import item_or_404
from palabre.links import threads, ties, voices
from palabre.links.stops import Stop
from palabre.links.voices import Heard


@require_GET
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/thread/`."""
    item = item_or_404(request, pk)
    found = ties.of(request.user, item).thread
    here = Stop(item.pk, item.kind, item.title, item.space_id, 0)
    threads.tell([*found.before, here, *found.after])
    own = [[found.heard]] if found.heard else []
    steps = [*found.earlier, *own, [here], *found.since]
    voices.tell((each for step in steps for each in step if isinstance(each, Heard)), request.user)
    context = {"item": item, "here": here, "steps": steps if len(steps) > 1 else []}
    return render(request, "links/thread.html", context)
