"""Who may read a space: shown to its readers, changed by its stewards who first see who gains and who loses."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from palabre.kit.policy import require
from palabre.spaces import difference, sight
from palabre.spaces.doors import space_or_404
from palabre.spaces.forms import AudienceFields
from palabre.spaces.models import Audience
from palabre.spaces.reasons import reasons, why
from palabre.spaces.views.spaces import frame


@require_GET
def readers(request: HttpRequest, slug: str) -> HttpResponse:
    """Who can see this space, and why."""
    space = space_or_404(request, slug)
    return render(
        request,
        "spaces/readers.html",
        frame(request, space)
        | {
            "reasons": reasons(space, request.user),
            "why": why(space, request.user, sight.role_in(space, request.user)),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def audience(request: HttpRequest, slug: str) -> HttpResponse:
    """First the choice, then who gains and loses by it, then the deed: only the last is a POST with `sure`."""
    space = space_or_404(request, slug)
    require(request.user, "space.open", space)
    now = {"audience": space.audience, "organisations": list(space.organisations.all())}
    form = AudienceFields(request.POST or None, initial=now)
    change = None
    if request.method == "POST" and form.is_valid():
        wanted, organisations = form.cleaned_data["audience"], form.cleaned_data["organisations"]
        keys = [each.pk for each in organisations]
        change = difference.opening(space, wanted, keys, request.user)
        if "sure" in request.POST or (wanted == space.audience and not change):
            space.open_to(wanted, organisations, request.user)
            messages.success(request, _("Done. The journal of the space keeps it."))
            return redirect(space)
    return render(
        request,
        "spaces/audience.html",
        frame(request, space)
        | {
            "form": form,
            "change": change,
            "wanted": Audience(form.cleaned_data["audience"]) if change is not None else None,
            "named": form.cleaned_data["organisations"] if change is not None else [],
        },
        status=422 if form.is_bound and not form.is_valid() else 200,
    )
