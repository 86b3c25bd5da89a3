"""Trust in content: "still true" and "out of date", one click each."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palabre.authoring.models import Trust
from palabre.authoring.toasts import done
from palabre.items.doors import item_or_404
from palabre.kit.policy import require
from palabre.kit.times import day_and_month

MONTHS = {"3": 91, "6": 182, "12": 365}


@login_required
@require_POST
def verification(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/verification/`: still true, for `months` (six unless told otherwise)."""
    item = item_or_404(request, pk)
    require(request.user, "item.verify", item)
    until = localdate() + timedelta(days=MONTHS.get(request.POST.get("months", ""), MONTHS["6"]))
    Trust.confirm(item, request.user, until)
    done(request, _("Verified until %(day)s.") % {"day": day_and_month(until)})
    return redirect(item)


@login_required
@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/report/`: out of date, says a reader."""
    item = item_or_404(request, pk)
    require(request.user, "item.doubt", item)
    Trust.doubt(item, request.user, " ".join(request.POST.get("report", "").split()))
    done(request, _("Reported. Whoever answers for it will be told."))
    return redirect(item)
