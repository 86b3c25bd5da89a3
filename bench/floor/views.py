"""The floor's page and its save."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from bench.floor.models import Row, Text

ROWS = 50


def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Four queries, the session's included: who asks, a text, a count, fifty rows."""
    assert request.user.is_authenticated
    text = get_object_or_404(Text, pk=pk)
    count = Row.objects.filter(text=text).count()
    rows = Row.objects.filter(text=text).defer("body").order_by("-id")[:ROWS]
    return render(request, "floor/page.html", {"text": text, "count": count, "rows": rows})


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """What every save must do: check who asks, change the text, keep the version before, in one transaction."""
    assert request.user.is_authenticated
    with transaction.atomic():
        text = Text.objects.select_for_update(no_key=True).get(pk=pk)
        Row.objects.create(text=text, title=text.title, body=text.html)
        text.html, text.version = request.POST["body"], text.version + 1
        text.save(update_fields=["html", "version"])
    return redirect(f"/floor/{pk}/")
