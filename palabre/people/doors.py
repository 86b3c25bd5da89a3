"""The way in to a person: one may meet them, or they do not exist."""

from django.http import Http404, HttpRequest

from palabre.people.models import Person


def person_or_404(request: HttpRequest, pk: int) -> Person:
    """The person, if the reader may meet them; else 404, whether they exist or not."""
    met = Person.objects.visible_to(request.user).select_related("organisation")
    person = met.filter(pk=pk, one_with=None).first()
    if person is None:
        raise Http404
    return person


def account_of_or_404(request: HttpRequest, pk: int) -> Person:
    """Whom somebody who was spoken for turned out to be, if the reader may meet them."""
    account = Person.objects.visible_to(request.user).filter(was=pk).first()
    if account is None:
        raise Http404
    return account
