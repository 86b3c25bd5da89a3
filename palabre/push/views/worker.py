"""What a browser asks for by itself: the service worker, the application's manifest, the page without a line."""

import hashlib
import json
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from palabre.items.models import Item
from palabre.kit import given, navigation
from palabre.kit.modules import names
from palabre.push.keeping import reader
from palabre.push.message import waiting
from palabre.push.models import Done
from palabre.push.sealing import public_key

SCRIPTS = (
    "store",
    "line",
    "shell",
    "shelf",
    "outbox",
    "telling",
    "worker",
)  # in the order in which they build on each other
# Modules of the page without a line.
SHOWN = ("line-watch", "shelf-list", "offline-keeper", "kept-form", "service-worker")
ASKED = 60  # kept pages that are asked about at once
LIGHT, DARK = "#fdf9f3", "#171411"
SHARED = ("image/*", "video/*", "audio/*", "text/*", "application/pdf")  # files that other applications may hand over
ICONS = ((192, "any"), (512, "any"), (512, "maskable"))


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """`/service-worker.js`: its parts by their names of this build, so that a new build is a new worker."""
    house = {
        "language": get_language(),
        "offline": reverse("push:offline"),
        "line": reverse("push:line"),
        "devices": reverse("push:devices"),
        "leave": reverse("account_logout"),
        "share": reverse("push:share"),
        "enter": reverse("account_login"),
        "icon": static("push/icons/icon-192.png"),
        "badge": static("push/icons/badge-96.png"),
        "shell": _shell(),
    }
    scripts = [static(f"push/worker/{name}.js") for name in SCRIPTS]
    house["version"] = hashlib.blake2b(json.dumps([house, scripts]).encode(), digest_size=8).hexdigest()
    script = f"const HOUSE = {json.dumps(house)};\nimportScripts({', '.join(map(json.dumps, scripts))});\n"
    return HttpResponse(
        script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "private, no-cache"}
    )


def _shell() -> list[str]:
    """What the page without a line is made of."""
    modules = names()
    parts = ["kit/css/bundle/palabre.css", "kit/icons.svg", "kit/logo.svg", "kit/js/start.js"]
    parts += [modules[name] for name in SHOWN] + ["django_htmx/htmx-2.min.js"]
    return [static(part) for part in parts]


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """`/application.webmanifest` (W3C Web Application Manifest), in the reader's language."""
    places = sorted((each for each in navigation.known() if each.shown(request)), key=lambda each: each.rank)
    shortcuts = [
        {"name": str(each.label), "url": each.address}
        for each in places
        if each.part in ("write", "find") or (each.part == "go" and each.bar and each.address != "/")
    ]
    said: dict[str, Any] = {
        "id": "/",
        "name": settings.COMPANY,
        "short_name": settings.COMPANY[:12],
        "description": _("What %(company)s writes, discusses and decides.") % {"company": settings.COMPANY},
        "lang": get_language(),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": LIGHT,
        "background_color": LIGHT,
        "icons": [
            {
                "src": static(f"push/icons/{'maskable' if purpose == 'maskable' else 'icon'}-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size, purpose in ICONS
        ],
        "shortcuts": shortcuts,
        "share_target": {
            "action": reverse("push:share"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "url": "url",
                "files": [{"name": "files", "accept": [*SHARED]}],
            },
        },
    }
    return JsonResponse(said, content_type="application/manifest+json")


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """`/offline/`: what a browser shows without a line; it is the same for everybody who reads that language."""
    return render(request, "push/offline.html")


@require_GET
def line(request: HttpRequest) -> HttpResponse:
    """`/-/line/?kept=12,13&sent=KEY,KEY&told=item-12,house`: who is signed in here, the token for what they send, which
    of these things they may still read, which of these forms have arrived, with the place they led to, and which of
    the things that a device shows still wait, with the number beside the inbox.
    """
    asked = given.numbers(given.text(request.GET, "kept", 1000).split(","))
    said: dict[str, Any] = {"reader": reader(request.user), "token": get_token(request), "key": public_key()}
    if asked:
        seen = Item.objects.visible_to(request.user).filter(pk__in=asked[:ASKED])
        said["readable"] = sorted(seen.order_by().values_list("pk", flat=True))
    if keys := _keys(request):
        arrived = Done.objects.filter(person=request.user.pk, key__in=keys)
        said["arrived"] = {str(key): place for key, place in arrived.values_list("key", "place")}
    if told := given.text(request.GET, "told", 30 * ASKED):
        said["waiting"], said["count"] = (
            waiting(request.user, told.split(",")[:ASKED]) if request.user.is_authenticated else ([], 0)
        )
    return JsonResponse(said)


def _keys(request: HttpRequest) -> list[UUID]:
    """The keys asked about that are keys, at most as many as things."""
    keys = []
    for each in given.text(request.GET, "sent", 40 * ASKED).split(",")[:ASKED]:
        with suppress(ValueError):
            keys.append(UUID(each))
    return keys
