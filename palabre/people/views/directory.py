"""The directory: the people one may meet, to find by name, organisation or language."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from palabre.kit import given
from palabre.kit.paging import page
from palabre.kit.policy import may
from palabre.people import languages
from palabre.people.models import Organisation, Person


@login_required
@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    met = Person.objects.visible_to(request.user).present()
    found = met.called(words := given.text(request.GET, "q", 100))
    organisations = Organisation.objects.visible_to(request.user)
    if organisation := organisations.filter(slug=given.text(request.GET, "organisation", 60)).first():
        found = found.filter(organisation=organisation)
    if language := given.text(request.GET, "language", 40):
        found = found.filter(languages__contains=[language])
    spoken = sorted(
        {each for spoken in met.order_by().values_list("languages", flat=True).distinct()[:500] for each in spoken}
    )
    return render(
        request,
        "people/directory.html",
        {
            "page": page(found.select_related("organisation"), request, order=("name", "id"), size=40),
            "words": words,
            "organisation": organisation,
            "organisations": organisations,
            "language": language,
            "spoken": [(code, languages.own_name(code)) for code in spoken],
            "may_speak": may(request.user, "person.speak"),
            "may_invite": may(request.user, "person.invite"),
        },
    )
