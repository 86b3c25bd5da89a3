"""Trust in content: "still true" and "out of date", one click each, and more words for who has them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palabre.authoring.forms import VerificationForm
from palabre.authoring.models import Trust
from palabre.authoring.toasts import done
from palabre.items.doors import item_or_404
from palabre.kit import given
from palabre.kit.policy import require
from palabre.kit.times import day_and_month


@login_required
@require_POST
def verification(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/verification/`: still true, for some `months` or `until` a day; six months when neither is said."""
    item = item_or_404(request, pk)
    require(request.user, "item.verify", item)
    form = VerificationForm(request.POST)
    if not form.is_valid():
        context = {"item": item, "space": item.space, "form": form, "day": form["until"].value()}
        return render(request, "authoring/verification.html", context, status=422)
    Trust.confirm(item, request.user, form.day)
    done(request, _("Verified until %(day)s.") % {"day": day_and_month(form.day)})
    return redirect(item)


@login_required
@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """`/items/12/report/`: out of date, says a reader, perhaps with a word on what."""
    item = item_or_404(request, pk)
    require(request.user, "item.doubt", item)
    Trust.doubt(item, request.user, " ".join(given.whole(request.POST, "report").split()))
    done(request, _("Reported. Whoever answers for it will be told."))
    return redirect(item)
