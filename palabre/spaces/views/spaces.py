"""The spaces one sees, a space's home, and making one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palabre.kit.policy import may, require
from palabre.spaces import sight, tabs
from palabre.spaces.doors import space_or_404
from palabre.spaces.forms import Appointing, Founding, Settings
from palabre.spaces.models import Request, Role, Space
from palabre.spaces.policy import without_steward
from palabre.spaces.readership import counted


@require_GET
def spaces(request: HttpRequest) -> HttpResponse:
    """Mine, the others I read, those I may ask for, those now closed."""
    sees = sight.of(request.user)
    seen = list(sees.spaces.values())
    counts = counted(seen)
    for space in seen:
        space.readership = counts[space.pk]  # type: ignore[attr-defined]
    current = [space for space in seen if not space.archived_at]
    mine = [sees.spaces[pk] for pk in sees.mine]
    return render(
        request,
        "spaces/spaces.html",
        {
            "mine": mine,
            "others": [space for space in current if space not in mine],
            "askable": Space.objects.askable_by(request.user).annotate(asked=Exists(_my_open_request(request.user))),
            "archived": [space for space in seen if space.archived_at],
            "may_create": may(request.user, "space.create"),
            "without_steward": without_steward(request.user),
        },
    )


def _my_open_request(person: Any) -> QuerySet[Request]:
    return Request.objects.filter(space=OuterRef("pk"), person=person.pk, answered_at=None)


@require_GET
def space(request: HttpRequest, slug: str) -> HttpResponse:
    """A space's home; who may know of it without reading it is led to where one asks."""
    try:
        found = space_or_404(request, slug)
    except Http404:
        known = Space.objects.askable_by(request.user).filter(Q(slug=slug) | Q(former_slugs__slug=slug))
        if asked_for := known.first():
            return redirect("spaces:access", slug=asked_for.slug)
        raise
    if slug != found.slug:
        return redirect(found, permanent=True)
    return render(request, "spaces/space.html", frame(request, found))


def frame(request: HttpRequest, space: Space) -> dict[str, object]:
    """What the head of every page of a space shows: audience, tabs, what one may do."""
    may_admit, may_ask = (may(request.user, rule, space) for rule in ("space.admit", "space.ask"))
    return {
        "space": space,
        "tabs": tabs.drawn(request, space),
        "readership": counted([space])[space.pk],
        "waiting_count": (getattr(space, "waiting", None) or 0) if may_admit else 0,
        "may_write": may(request.user, "space.write", space),
        "may_steward": may(request.user, "space.steward", space),
        "may_admit": may_admit,
        "may_open": may(request.user, "space.open", space),
        "may_join": may(request.user, "space.join", space),
        "may_ask": may_ask,
        "asked": may_ask and space.requests.filter(person=request.user.pk, answered_at=None).exists(),
    }


@login_required
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    require(request.user, "space.create")
    form = Founding(request.POST or None, initial={"audience": "team", "language": get_language()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        return redirect(Space.objects.found(request.user, **told))
    return render(request, "spaces/create.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Name, purpose, language, address, who may write. Who may read has a page of its own."""
    found = space_or_404(request, slug)
    require(request.user, "space.steward", found)
    fields = ("name", "purpose", "language", "slug", "writing", "askable")
    form = Settings(request.POST or None, space=found, initial={name: getattr(found, name) for name in fields})
    if request.method == "POST" and form.is_valid():
        _change(found, form.cleaned_data, request)
        return redirect(found)
    return render(
        request, "spaces/settings.html", frame(request, found) | {"form": form}, status=422 if form.is_bound else 200
    )


@transaction.atomic
def _change(space: Space, told: dict[str, Any], request: HttpRequest) -> None:
    described = [name for name in ("name", "purpose", "language") if getattr(space, name) != told[name]]
    for name in described:
        setattr(space, name, told[name])
    if described:
        space.save(update_fields=described)
        space.record("space_changed", request.user, fields=described)
    if told["slug"] != space.slug:
        space.move_to(told["slug"], request.user)
    space.let_write(told["writing"], request.user)
    space.let_ask(told["askable"], request.user)


@login_required
@require_POST
def archiving(request: HttpRequest, slug: str) -> HttpResponse:
    """Closes a space to writing; with `undo`, opens it again."""
    found = space_or_404(request, slug)
    require(request.user, "space.steward", found)
    if request.POST.get("undo"):
        found.reopen(request.user)
    else:
        found.archive(request.user)
    return redirect(found)


@login_required
@require_http_methods(["GET", "POST"])
def appointment(request: HttpRequest, slug: str) -> HttpResponse:
    """Gives a steward to a space that has none left; who appoints need not read it, and reads nothing of it here."""
    found = Space.objects.filter(slug=slug).first()
    if found is None or not may(request.user, "space.appoint", found):
        raise Http404
    form = Appointing(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        steward = form.cleaned_data["person"]
        found.welcome(steward, Role.STEWARD, request.user)
        messages.success(
            request, _("%(name)s is the steward of %(space)s now.") % {"name": steward, "space": found.name}
        )
        return redirect("spaces:spaces")
    return render(
        request, "spaces/appointment.html", {"space": found, "form": form}, status=422 if form.is_bound else 200
    )
