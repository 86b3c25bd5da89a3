"""What one is told of mail to oneself that is stopped, and administrators of answers that were refused."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from palabre.kit.paging import page
from palabre.kit.policy import require
from palabre.mail.answers.models import Received, Stopped


@login_required
@require_http_methods(["GET", "POST"])
def stopped(request: HttpRequest) -> HttpResponse:
    """Whether mail to the reader is stopped, and why; posting says that the address works again."""
    me: Any = request.user
    row = Stopped.objects.select_related("bounce").filter(person=me.pk).first()
    if request.method == "POST":
        if row:
            row.resume(me)
        return redirect("answers:stopped")
    return render(request, "mail/answers/stopped.html", {"row": row})


@login_required
@require_GET
def refused(request: HttpRequest) -> HttpResponse:
    """Answers by mail that did not become comments, the newest first, with the reason; never what they said."""
    require(request.user, "mail.refused")
    rows = page(Received.objects.unwelcome().select_related("person"), request, order=("-id",))
    return render(request, "mail/answers/refused.html", {"rows": rows})
