"""My letters, and the page at which one of them can be stopped by whoever holds its address."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from palabre.mail.forms import Choices
from palabre.mail.lists import List
from palabre.mail.models import Choice
from palabre.people.models import Person


@login_required
@require_POST
def choices(request: HttpRequest) -> HttpResponse:
    """`/mail/choices/`: what I want to be written, and when."""
    form = Choices(request.POST, instance=Choice.of(request.user))
    if not form.is_valid():
        return render(request, "mail/choices.html", {"letters": form}, status=422)
    form.save(commit=False).plan()
    messages.success(request, _("Saved."))
    return redirect("people:attention")


@csrf_exempt  # mail programs press it, signed out and from elsewhere (RFC 8058); the address itself is the permission
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """`/mail/stop/12-i34-…/`: to look changes nothing; to press stops that list, and no other."""
    named = List.opened(token)
    if named is None:
        raise Http404
    person = Person.objects.with_account().filter(pk=named.person).first()
    language = (person.language if person else "") or translation.get_language()
    with translation.override(language):
        stopped = request.method == "POST"
        name = named.name()
        if stopped:
            named.stop()
        response = render(request, "mail/stop.html", {"name": name, "stopped": stopped, "known": person is not None})
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
