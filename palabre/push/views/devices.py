"""One's devices: those that are told, and whether this browser is one of them."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palabre.authoring.toasts import done
from palabre.kit import browsers
from palabre.push.forms import Subscribing
from palabre.push.models import Device, Taken
from palabre.push.sealing import public_key


@login_required
@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """`/devices/`: the list; a browser that subscribes says so here."""
    if request.method == "POST":
        return _subscribed(request)
    mine = Device.objects.of(request.user)
    context = {"devices": mine, "key": public_key(), "session": request.session.session_key}
    return render(request, "push/devices.html", context)


@transaction.atomic
def _subscribed(request: HttpRequest) -> HttpResponse:
    form = Subscribing(request.POST)
    if not form.is_valid():
        return JsonResponse({"refused": form.errors}, status=422)
    session = request.session.session_key or ""
    try:
        name = browsers.named(request.headers.get("User-Agent", ""))[:80]
        device = Device.objects.subscribe(request.user, session, form.given, name)
    except Taken:
        return JsonResponse({"refused": "taken"}, status=422)
    former = form.cleaned_data["former"]
    if former and former != device.endpoint:
        Device.objects.of(request.user).filter(endpoint=former).delete()
    return JsonResponse({"device": device.pk}, status=201)


@login_required
@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """`/devices/12/removal/`: it is told nothing any more."""
    device = get_object_or_404(Device.objects.of(request.user), pk=pk)
    device.delete()
    done(request, _("Removed: nothing is sent to it any more."))
    return redirect("push:devices")


@login_required
@require_POST
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """`/devices/12/trial/`: a test is sent to it."""
    from palabre.push.tasks import try_out

    device = get_object_or_404(Device.objects.of(request.user), pk=pk)
    if device.refused:
        Device.objects.filter(pk=device.pk).update(refused=None)
    try_out.defer(device=device.pk)
    done(request, _("A test is on its way. It appears within a minute, if the device is on and online."))
    return redirect("push:devices")
