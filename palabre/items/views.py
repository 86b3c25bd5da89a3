"""Who can see an item, and why: one click from every item."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from palabre.items.doors import item_or_404
from palabre.spaces import sight
from palabre.spaces.reasons import reasons, why


@require_GET
def audience(request: HttpRequest, pk: int) -> HttpResponse:
    """What is published is read by whoever reads its space; the rest by its author, and by stewards in the trash."""
    item = item_or_404(request, pk, apart=True)
    return render(
        request,
        "items/audience.html",
        {
            "item": item,
            "space": item.space,
            "reasons": reasons(item.space, request.user) if item.is_readable else [],
            "why": why(item.space, request.user, sight.role_in(item.space, request.user)),
        },
    )
