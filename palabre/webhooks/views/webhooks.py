"""The webhooks of a space or of the company: the list, making one, changing it, ending it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palabre.authoring.toasts import done
from palabre.kit.paging import page
from palabre.kit.policy import require
from palabre.spaces.doors import space_or_404
from palabre.spaces.models import Space
from palabre.webhooks.doors import webhook_or_404
from palabre.webhooks.forms import WebhookForm
from palabre.webhooks.models import Webhook, Why

CHANGED = ("name", "address", "verbs", "kinds")


@login_required
@require_GET
def of_space(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spaces/reseau/webhooks/`, beside the settings."""
    return _list(request, space_or_404(request, slug))


@login_required
@require_GET
def of_company(request: HttpRequest) -> HttpResponse:
    return _list(request, None)


def _list(request: HttpRequest, space: Space | None) -> HttpResponse:
    require(request.user, "webhook.keep", space)
    kept = Webhook.objects.visible_to(request.user).of(space).select_related("keeper")
    found = page(kept, request, ("name", "id"))
    return render(request, "webhooks/list.html", {"space": space, "page": found})


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def new_in_space(request: HttpRequest, slug: str) -> HttpResponse:
    return _new(request, space_or_404(request, slug))


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def new_in_company(request: HttpRequest) -> HttpResponse:
    return _new(request, None)


def _new(request: HttpRequest, space: Space | None) -> HttpResponse:
    """What comes back once it is made shows its secret, this once."""
    require(request.user, "webhook.keep", space)
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        webhook, made = Webhook.objects.make(request.user, space, **form.cleaned_data)
        return _shown(request, webhook, made)
    return _form(request, form, {"space": space})


def _form(request: HttpRequest, form: WebhookForm, more: dict[str, Any]) -> HttpResponse:
    return render(request, "webhooks/form.html", more | {"form": form}, status=422 if form.is_bound else 200)


def _shown(request: HttpRequest, webhook: Webhook, secret: str) -> HttpResponse:
    return render(request, "webhooks/secret.html", {"webhook": webhook, "space": webhook.space, "secret": secret})


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    webhook = webhook_or_404(request, pk)
    form = WebhookForm(request.POST or None, initial={name: getattr(webhook, name) for name in CHANGED})
    if request.method == "POST" and form.is_valid():
        webhook.change(request.user, **form.cleaned_data)
        done(request, _("The change is kept."))
        return redirect(webhook)
    return _form(request, form, {"space": webhook.space, "webhook": webhook})


@login_required
@require_POST
@never_cache
def secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives it another secret, and shows it this once."""
    webhook = webhook_or_404(request, pk)
    return _shown(request, webhook, webhook.renew_secret(request.user))


@login_required
@require_POST
def disabling(request: HttpRequest, pk: int) -> HttpResponse:
    """It hears nothing any more; with `undo`, it hears again of what happens from now on."""
    webhook = webhook_or_404(request, pk)
    if request.POST.get("undo"):
        webhook.enable(request.user)
    else:
        webhook.disable(Why.PAUSED, request.user)
    return redirect(webhook)


@login_required
@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    webhook = webhook_or_404(request, pk)
    home = webhook.home
    webhook.remove(request.user)
    done(request, _("The webhook is gone, and its log with it."))
    return redirect(home)
