"""Starting a consultation: which method, and the little it needs to be told."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from palabre.authoring.toasts import done
from palabre.authoring.writing import publish
from palabre.consultations.forms import Starting
from palabre.consultations.methods import METHODS
from palabre.consultations.models import Statement
from palabre.consultations.words import say
from palabre.kit import given
from palabre.kit.policy import require
from palabre.links import following

OWN = "own"


@login_required
@require_GET
def methods(request: HttpRequest) -> HttpResponse:
    """`/consultations/new/?space=reseau`: each method, in a sentence."""
    asked = {name: said for name in ("space", following.FIELD) if (said := given.text(request.GET, name, 80))}
    context = {"methods": METHODS.values(), "asked": f"?{urlencode(asked)}" if asked else ""}
    return render(request, "consultations/methods.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, method: str) -> HttpResponse:
    """`/consultations/new/price/`: its questions are written, and come back to be read before it opens."""
    chosen = METHODS.get(method)
    if chosen is None and method != OWN:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = Starting(data, person=request.user, method=chosen, space=given.text(request.GET, "space", 80))
    if data is None or not form.is_valid():
        context = {"form": form, "method": chosen}
        return render(request, "consultations/start.html", context, status=422 if form.errors else 200)
    space = form.spaces[form.cleaned_data["space"]]
    require(request.user, "space.write", space)
    told = form.told()
    made = chosen.make(told) if chosen else {"questions": []}
    statements = made.pop("statements", [])
    with override(space.language):
        name = say(told["name"], space.language)
        title = str(chosen.title) % {"name": name} if chosen else name
        text = _("Your answer keeps no name. What came out is told here, with what we will do about it.")
    with transaction.atomic():
        item = publish("consultation", space, request.user, title, text, method=method if chosen else "", **made)
        Statement.objects.bulk_create(
            Statement(consultation=item.consultation, text=say(line, space.language), language=space.language)  # type: ignore[attr-defined]
            for line in statements
        )
        following.lead(given.text(request.GET, following.FIELD, 20), item, request.user)
    if chosen is None:
        done(request, _("Begun. Now put your questions."))
        return redirect("consultations:questions", pk=item.pk)
    done(request, _("Its questions are written. Read them once, then open it."))
    return redirect(f"{item.get_absolute_url()}#consultation")
