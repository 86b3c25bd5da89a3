"""Somebody spoken for has an account: said before it is done, then done, and kept in the journal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palabre.kit.policy import require
from palabre.people import union as uniting
from palabre.people.doors import person_or_404
from palabre.people.forms import Uniting


@login_required
@require_http_methods(["GET", "POST"])
def union(request: HttpRequest, pk: int) -> HttpResponse:
    """`?account=` shows what would move and which rights end; posting it unites the two."""
    person = person_or_404(request, pk)
    require(request.user, "person.unite", person)
    said = request.POST or (request.GET if "account" in request.GET else None)
    form = Uniting(said, by=request.user)
    account = form.cleaned_data["account"] if form.is_valid() else None
    if request.method == "POST" and account:
        person.become(account, by=request.user, given=request.POST.getlist("right"))
        messages.success(request, _("What was said for %(name)s is theirs now.") % {"name": account})
        return redirect(account)
    context = {"person": person, "form": form, "account": account}
    if account:
        rights = uniting.rights(person, account, request.user)
        context |= {
            "moves": uniting.told(person),
            "offered": [right for right in rights if right.may_be_given],
            "ending": [right for right in rights if not right.may_be_given],
        }
    return render(request, "people/union.html", context, status=422 if form.is_bound and not account else 200)
