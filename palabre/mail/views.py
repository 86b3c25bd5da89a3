"""The page at which a list of letters can be stopped by whoever holds its address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from palabre.mail.lists import List
from palabre.people.models import Person


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
        response = render(request, "mail/stop.html", {"name": name, "list": named, "stopped": stopped})
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
