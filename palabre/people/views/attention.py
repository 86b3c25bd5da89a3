"""My attention: how often the house may interrupt or ask me, when and how, and how much of it was used."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palabre.kit import times
from palabre.kit.clock import now
from palabre.people import choosing
from palabre.people.attention import Attention as Numbers
from palabre.people.attention import Use, spent
from palabre.people.forms import Attention


@login_required
@require_http_methods(["GET", "POST"])
def attention(request: HttpRequest) -> HttpResponse:
    """`/account/attention/`: the numbers, which nobody else sees, and what else of it is chosen; kept by one press."""
    person: Any = request.user.pk
    kept = Numbers.of([person])[person]
    stands = copy(kept)  # a form that is refused leaves its traces
    sent = request.POST or None
    form, parts = Attention(sent, instance=kept), choosing.parts(request.user, sent)
    forms: list[Any] = [form, *(part.form for part in parts if part.form)]
    valid = [each.is_valid() for each in forms]  # each says what is wrong with it
    if request.method == "POST" and all(valid):
        with transaction.atomic():
            for each in forms:
                each.save()
        messages.success(request, _("Saved."))
        return redirect("people:attention")
    used = {use.value: spent(use, [person])[person] for use in Use}
    zone = get_current_timezone_name().replace("_", " ")
    known = {"form": form, "parts": parts, "used": used, "most": stands, "zone": zone, "hour": times.hour(now())}
    return render(request, "people/attention.html", known, status=422 if form.is_bound else 200)
