"""The way to the company's own sign-in.

A form of ours may lead to no other site (`form-action` in `kit/headers.py`), nor be sent on to one, and a provider may
stand on any host and send people on to others: so the answer is a page, which goes on by itself.
"""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.openid_connect.views import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods


@login_not_required
@require_http_methods(["GET", "POST"])
def way(request: HttpRequest, provider_id: str) -> HttpResponse:
    """What django-allauth answers, and a page in the place of a redirection out of the house."""
    answer = login(request, provider_id)
    if not isinstance(answer, HttpResponseRedirect) or url_has_allowed_host_and_scheme(answer.url, None):
        return answer
    company = get_adapter().get_provider(request, provider=provider_id)
    return render(request, "socialaccount/leaving.html", {"there": answer.url, "name": company.name})
