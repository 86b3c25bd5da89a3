"""A link by which somebody chooses a new password, for houses that send no mail: an administrator passes it on."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from palabre.journal.recording import record
from palabre.kit.policy import require
from palabre.people.doors import person_or_404


@login_required
@require_POST
@transaction.atomic
def password_link(request: HttpRequest, pk: int) -> HttpResponse:
    """The link, shown once; the journal keeps who made it and for whom."""
    person = person_or_404(request, pk)
    require(request.user, "person.administer", person)
    if not person.has_account:
        raise Http404
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    link = settings.ADDRESS + reverse("account_reset_password_from_key", kwargs=key)
    record("password_link_made", request.user, person=person)
    return render(request, "people/password_link.html", {"person": person, "link": link})
