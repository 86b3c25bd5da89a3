"""While it is open: asking people, links of invitation, more time, closing; afterwards, returning what was heard."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from palabre.authoring import acting
from palabre.authoring.toasts import done
from palabre.consultations.doors import consultation_or_404
from palabre.consultations.models import Mix, Settled
from palabre.consultations.openings import Extending
from palabre.consultations.views.showing import again
from palabre.kit import given
from palabre.kit.policy import require
from palabre.kit.times import in_full
from palabre.people import attention
from palabre.spaces.models import Membership
from palabre.spaces.readership import readers

MOST_LINKS = 200


@login_required
@require_POST
def asking(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/asking/`: `whom` is members or readers; each within what they let the house ask in a month."""
    consultation = consultation_or_404(request, pk)
    require(request.user, "consultation.steer", consultation)
    whom = given.text(request.POST, "whom", 10)
    if whom not in ("members", "readers"):
        raise Http404
    people = readers(consultation.item.space).filter(is_bot=False).exclude(pk=request.user.pk or 0)
    if whom == "members":
        people = people.filter(pk__in=Membership.objects.filter(space=consultation.item.space_id).values("person"))
    try:
        asked, spared = consultation.ask(request.user, list(people.values_list("pk", flat=True)))
    except Settled:
        return again(request, pk, refused=_("It is not open: nobody was asked."))
    done(request, attention.told(asked, spared))
    return redirect(f"{consultation.item.get_absolute_url()}#consultation")


@never_cache
@login_required
@require_POST
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/invitations/`: links, each good for one answer, shown this once."""
    consultation = consultation_or_404(request, pk)
    require(request.user, "consultation.steer", consultation)
    number = given.number(request.POST, "number") or 0
    if not 1 <= number <= MOST_LINKS:
        said = _("Write how many links you need, from 1 to %d.") % MOST_LINKS
        return again(request, pk, unlinked=said, wanted=given.text(request.POST, "number", 20))
    try:
        tokens = consultation.invite(request.user, number)
    except Settled:
        return again(request, pk, refused=_("It is not open: no link was made."))
    links = [request.build_absolute_uri(f"/consultations/{pk}/answer/?by={token}") for token in tokens]
    context = {"consultation": consultation, "item": consultation.item, "links": links}
    return render(request, "consultations/links.html", context)


@login_required
@require_POST
def placing(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/mix/`: which of the seven P of its offers it is about."""
    consultation = consultation_or_404(request, pk)
    require(request.user, "consultation.place", consultation)
    mix = given.text(request.POST, "mix", 10)
    if mix and mix not in Mix.values:
        raise Http404
    consultation.concern(request.user, mix)
    done(request, _("Saved."))
    return redirect(f"{consultation.item.get_absolute_url()}#consultation")


@login_required
@require_POST
def extension(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/extension/`: it closes later."""
    consultation = consultation_or_404(request, pk)
    require(request.user, "consultation.steer", consultation)
    form = Extending(request.POST)
    if not form.is_valid():
        return again(request, pk, extending=form)
    try:
        consultation.extend(request.user, form.cleaned_data["until"])
    except Settled:
        form.add_error("until", _("Choose an hour after the one at which it closes now."))
        return again(request, pk, extending=form)
    done(request, _("It is open until %(when)s.") % {"when": in_full(form.cleaned_data["until"])})
    return redirect(f"{consultation.item.get_absolute_url()}#consultation")


@login_required
@require_POST
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/closing/`: before its hour."""
    consultation = consultation_or_404(request, pk)
    require(request.user, "consultation.steer", consultation)
    try:
        consultation.close(request.user)
    except Settled:
        return again(request, pk, refused=_("It is closed already."))
    done(request, _("Closed. Now say what was heard, and what you will do."))
    return redirect("consultations:results", pk=pk)


@login_required
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/return/`: results are for whoever reads it from now on, with what will be done."""
    consultation = consultation_or_404(request, pk)
    require(request.user, "consultation.return", consultation)
    words = given.whole(request.POST, "statement").strip()
    if wrong := acting.wrong_with(words, _("Write what you will do first: they answered to be heard.")):
        return again(request, pk, unsaid=wrong, said_now=words)
    try:
        consultation.give_back(request.user, words)
    except Settled:
        return again(request, pk, unsaid=_("It is not closed yet: close it first."), said_now=words)
    done(request, _("Returned; those who answered are told."))
    return redirect(f"{consultation.item.get_absolute_url()}#consultation")


@login_required
@require_POST
def leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/leaving/`: nobody says what will be done, and why; its results are not returned."""
    consultation = consultation_or_404(request, pk)
    require(request.user, "consultation.return", consultation)
    reason = given.whole(request.POST, "reason").strip()
    if wrong := acting.wrong_with(reason, _("Say in a few words why the results are not returned."), acting.REASON):
        return again(request, pk, unleft=wrong, left_now=reason)
    try:
        consultation.leave(request.user, reason)
    except Settled:
        return again(request, pk, unleft=_("It was returned or left meanwhile: look at it again."), left_now=reason)
    done(request, _("Left at that; the reason stands here."))
    return redirect(f"{consultation.item.get_absolute_url()}#consultation")
