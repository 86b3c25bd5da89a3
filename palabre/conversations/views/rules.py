"""The house's rule of who may write to whom."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from palabre.authoring.toasts import done
from palabre.conversations.correspondence import rules as kept
from palabre.conversations.forms import Rules
from palabre.kit.policy import require


@login_required
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """`/conversations/rules/`: for administrators."""
    require(request.user, "conversation.rules", None)
    form = Rules(request.POST or None, instance=kept())
    if request.method == "POST" and form.is_valid():
        form.save()
        done(request, _("Saved. It holds from now on, for conversations that begin and for people who are brought in."))
        return redirect("conversations:rules")
    return render(request, "conversations/rules.html", {"form": form}, status=422 if form.errors else 200)
