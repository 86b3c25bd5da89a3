"""My e-mail address: asking for another, and the link that was mailed to it."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palabre.people import addresses, mail
from palabre.people.forms import Address


@login_required
@require_http_methods(["GET", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """`/account/address/`: the present one, the one that waits, and a form to ask for another."""
    if request.POST.get("leave"):
        addresses.leave(request.user)
        messages.success(request, _("Your address stays as it is."))
        return redirect("people:address")
    form = Address(request.user, request.POST or None)  # type: ignore[arg-type]
    if request.method == "POST" and mail.is_sent() and form.is_valid():
        return _asked(request, form.cleaned_data["email"])
    context = {
        "form": form,
        "person": request.user,
        "pending": addresses.waiting(request.user),
        "is_sent": mail.is_sent(),
    }
    return render(request, "people/address.html", context, status=422 if form.is_bound else 200)


@reauthentication_required
def _asked(request: HttpRequest, address: str) -> HttpResponse:
    addresses.ask(request, address)
    return redirect("people:address")


@login_required
@require_http_methods(["GET", "POST"])
def confirmation(request: HttpRequest, key: str) -> HttpResponse:
    """`/account/address/KEY/`: the link; whoever only looks, as programs that read mail do, changes nothing."""
    confirming = addresses.of_link(request.user, key)
    if confirming is None:
        return render(request, "people/address_over.html", status=404)
    if request.method == "GET":
        context = {"person": request.user, "pending": confirming.email_address}
        return render(request, "people/address_confirmation.html", context)
    if not addresses.take(request, confirming):
        return render(request, "people/address_over.html", status=409)
    return redirect("people:address")
