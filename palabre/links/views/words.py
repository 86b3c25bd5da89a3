"""What became of somebody's words: all in which they have a part, with how it stands and what it led to."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from palabre.items import parts
from palabre.items.models import Item
from palabre.kit.paging import page
from palabre.links import threads

SIZE = 20


@login_required
@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """`/words/`: the reader's own, and nobody else's; the latest first, only what they may read."""
    items = parts.of(request.user.pk, Item.objects.visible_to(request.user))
    listed = page(items.for_lists(), request, size=SIZE)
    led = threads.led_to(request.user, [item.pk for item in listed.rows])
    said = threads.tell((stop for stops in led.values() for stop in stops), listed.rows)
    rows = [(item, parts.told(item), said.get(item.pk, ""), led[item.pk]) for item in listed.rows]
    return render(request, "links/words.html", {"page": listed, "rows": rows})
