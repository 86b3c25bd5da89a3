"""Starting a consultation: which method, and the little it needs to be told."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from palabre.authoring import reach
from palabre.authoring.toasts import done
from palabre.authoring.writing import publish
from palabre.consultations.forms import Starting
from palabre.consultations.methods import METHODS
from palabre.consultations.models import Mix
from palabre.consultations.words import say
from palabre.items.models import Item
from palabre.kit import given
from palabre.kit.policy import require
from palabre.links import following, ties
from palabre.links.models import Link, Type
from palabre.spaces import nowhere

OWN = "own"


@login_required
@require_GET
def methods(request: HttpRequest) -> HttpResponse:
    """`/consultations/new/?space=reseau&about=12&mix=price`: each method, in a sentence."""
    asked = {name: given.text(request.GET, name, 80) for name in ("space", following.FIELD, "about", "mix")}
    said = urlencode({name: value for name, value in asked.items() if value})
    mix = asked["mix"] if asked["mix"] in Mix.values else ""
    methods = sorted(METHODS.values(), key=lambda each: each.about != mix) if mix else METHODS.values()
    context = {"methods": methods, "asked": f"?{said}" if said else "", "mix": Mix(mix).label if mix else ""}
    return render(request, "consultations/methods.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, method: str) -> HttpResponse:
    """`/consultations/new/price/`: its questions are written, and come back to be read before it opens."""
    chosen = METHODS.get(method)
    if chosen is None and method != OWN:
        raise Http404
    data = request.POST if request.method == "POST" else None
    about = _about(request)
    form = Starting(data, person=request.user, method=chosen, **_initial(request, about))
    if data is None or not form.is_valid():
        said = {"form": form, "method": chosen, "about": about}
        context = said | _places(request, form, about) | nowhere.ways(request.user)
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
        item = publish("consultation", space, request.user, title, text, method=method if chosen else "",
                       mix=form.cleaned_data["mix"], **made)  # fmt: skip
        if about:
            Link.tie(item, Type.ABOUT, about, request.user)
        if statements:
            lines = [say(line, space.language) for line in statements]
            item.consultation.put_statements(request.user, lines, space.language)  # type: ignore[attr-defined]
        following.lead(given.text(request.GET, following.FIELD, 20), item, request.user)
    if chosen is None:
        done(request, _("Begun. Now put your questions."))
        return redirect("consultations:questions", pk=item.pk)
    done(request, _("Its questions are written. Read them once, then open it."))
    return redirect(f"{item.get_absolute_url()}#consultation")


def _about(request: HttpRequest) -> Item | None:
    """What the consultation is to be about, if its link has a place there and the reader sees it."""
    key = given.number(request.POST, "about") or given.number(request.GET, "about")
    among = Item.objects.visible_to(request.user).published().filter(kind__in=ties.placed(Type.ABOUT))
    return among.select_related("space").filter(pk=key).first() if key else None


def _initial(request: HttpRequest, about: Item | None) -> dict[str, str]:
    """What the address says already, and what follows from what it is about."""
    initial = {name: given.text(request.GET, name, 80) for name in ("space", "mix")}
    if about:
        initial["name"] = about.title[:120]
    return {name: value for name, value in initial.items() if value}


def _places(request: HttpRequest, form: Starting, about: Item | None) -> dict[str, Any]:
    """The spaces in which it can be asked, each with who reads it. Chosen is the one that was asked for, or that of
    what it is about, or else where one writes; where the reader does not write there, they choose.
    """
    choices = reach.choices(request.user)
    here = [each.space for each in choices]
    said = form["space"].value() or ("" if form.is_bound or about is None else about.space.slug)
    if not said and not form.is_bound and (usual := reach.usual(here)):
        said = usual.slug
    is_here = said in [each.slug for each in here]
    return {
        "values": {"space": said if is_here else here[0].slug if len(here) == 1 else ""},
        "elsewhere": bool(given.text(request.GET, "space", 80)) and not is_here,
        **reach.sides(choices),
    }
