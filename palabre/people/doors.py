"""The way in to a person: one may meet them, or they do not exist."""

from django.http import Http404, HttpRequest

from palabre.people.models import Person


def person_or_404(request: HttpRequest, pk: int) -> Person:
    """The person, if the reader may meet them; else 404, whether they exist or not."""
    person = Person.objects.visible_to(request.user).select_related("organisation").filter(pk=pk).first()
    if person is None:
        raise Http404
    return person
