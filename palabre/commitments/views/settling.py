"""Saying what came of a commitment; giving it another day or other hands, or opening it again."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palabre.authoring import acting
from palabre.authoring.toasts import done
from palabre.commitments.doors import commitment_or_404
from palabre.commitments.forms import Planning, Settling
from palabre.commitments.models import Commitment, Settled
from palabre.kit.policy import require


@login_required
@require_http_methods(["GET", "POST"])
def settlement(request: HttpRequest, pk: int) -> HttpResponse:
    """`/commitments/12/result/`: kept, not kept or given up, in words that everybody concerned reads."""
    commitment = commitment_or_404(request, pk)
    require(request.user, "commitment.settle", commitment)
    form = Settling(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commitment.settle(form.cleaned_data["state"], form.cleaned_data["words"], request.user)
        except Settled:
            form.add_error(None, _("Somebody has settled it meanwhile: look at it, then open it again if need be."))
        else:
            done(request, _("Said; those who wait for it read your words."))
            return redirect(f"{commitment.item.get_absolute_url()}#result")
    lede = _("Good or bad: whoever wrote, supported or follows what led to it reads your words.")
    return acting.page(request, commitment.item, form, _("What came of it"), _("Tell them"), icon="send", lede=lede)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """`/commitments/12/plan/`: by when and by whom from now on; what is settled is open again."""
    commitment = commitment_or_404(request, pk)
    require(request.user, "commitment.settle", commitment)
    form = Planning(request.POST or None, commitment=commitment, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            _planned(commitment, form, request)
        except Settled:
            form.add_error(None, _("Somebody has settled it meanwhile: look at it, then open it again if need be."))
        else:
            done(request, _("Saved."))
            return redirect(f"{commitment.item.get_absolute_url()}#result")
    asks, button = _("Another day, other hands"), _("Save")
    if not commitment.is_open:
        asks = button = _("Open it again")
    return acting.page(request, commitment.item, form, asks, button, icon="save")


@transaction.atomic
def _planned(commitment: Commitment, form: Planning, request: HttpRequest) -> None:
    said, by = form.cleaned_data, request.user
    if not commitment.is_open:
        commitment.open_again(said["due"], said["words"], by)
    elif said["due"] != commitment.due:
        commitment.postpone(said["due"], said["words"], by)
    commitment.hand_to(said["carrier"], by)
