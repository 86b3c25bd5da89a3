"""Letters of invitation: who is written to, how it stands, one reminder; and the page of whoever wants none."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from palabre.authoring.toasts import done
from palabre.consultations import inviting, letters
from palabre.consultations.doors import consultation_or_404
from palabre.consultations.models import Consultation, Settled, Silence
from palabre.consultations.openings import Inviting
from palabre.kit.policy import require
from palabre.people.mail import is_sent


@login_required
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/letters/`: whom to write to, and how it stands with those who were."""
    consultation = consultation_or_404(request, pk)
    require(request.user, "consultation.steer", consultation)
    form = Inviting(request.POST if request.method == "POST" else None, by=request.user, space=consultation.item.space)
    if request.method == "POST" and is_sent() and form.is_valid():
        try:
            sent = inviting.invite(consultation, request.user, form.to)
        except Settled:
            return _page(request, consultation, form, refused=_("It is not open: nobody was written to."))
        done(request, _said(sent, form.outside))
        return redirect("consultations:letters", pk=pk)
    return _page(request, consultation, form)


def _page(request: HttpRequest, consultation: Consultation, form: Inviting, **more: Any) -> HttpResponse:
    context = {
        "consultation": consultation,
        "item": consultation.item,
        "form": form,
        "is_sent": is_sent(),
        "counted": inviting.counted(consultation),
        "letters": consultation.invitations.exclude(address="").order_by("-pk")[:50],
        "floor": consultation.floor,
        **more,
    }
    return render(request, "consultations/letters.html", context, status=422 if form.errors or more else 200)


def _said(sent: inviting.Sent, outside: int) -> str:
    words = [ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", sent.written)
             % {"n": sent.written}]  # fmt: skip
    if sent.spared:
        words.append(
            ngettext(
                "%(n)d is left in peace: enough was asked of them this month, or they want no such letters.",
                "%(n)d are left in peace: enough was asked of them this month, or they want no such letters.",
                sent.spared,
            )
            % {"n": sent.spared}
        )
    if sent.known:
        words.append(
            ngettext("%(n)d was invited or has answered already.", "%(n)d were invited or have answered already.",
                     sent.known) % {"n": sent.known}
        )  # fmt: skip
    if outside:
        words.append(
            ngettext("%(n)d does not read this space, and was left out.",
                     "%(n)d do not read this space, and were left out.", outside) % {"n": outside}
        )  # fmt: skip
    return " ".join(words)


@login_required
@require_POST
def reminder(request: HttpRequest, pk: int) -> HttpResponse:
    """`/consultations/12/letters/reminder/`: once, to those who have not answered."""
    consultation = consultation_or_404(request, pk)
    require(request.user, "consultation.steer", consultation)
    try:
        number = inviting.remind(consultation, request.user) if is_sent() else 0
    except Settled:
        raise Http404 from None
    words = ngettext("%(n)d reminder is on its way.", "%(n)d reminders are on their way.", number) % {"n": number}
    done(request, words if number else _("There is nobody to remind: all have answered, or were reminded."))
    return redirect("consultations:letters", pk=pk)


@csrf_exempt  # mail programs press it, signed out and from elsewhere (RFC 8058); the address itself is the permission
@require_http_methods(["GET", "POST"])
def silence(request: HttpRequest, said: str) -> HttpResponse:
    """`/consultations/silence/…/`: to look changes nothing; to press stops letters of invitation to that address."""
    printed = letters.stopped(said)
    if not printed:
        raise Http404
    if request.method == "POST":
        Silence.objects.get_or_create(print=printed)
    is_silent = bool(Silence.among([printed]))
    response = render(request, "consultations/silence.html", {"is_silent": is_silent})
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
