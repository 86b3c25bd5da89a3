"""What a webhook was told: the log, one delivery with all its attempts, a test, sending again."""

import json
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from palabre.authoring.toasts import done
from palabre.items import kinds
from palabre.items.models import Item
from palabre.kit import given
from palabre.kit.clock import now
from palabre.kit.paging import page
from palabre.webhooks import sending, vocabulary
from palabre.webhooks.doors import delivery_or_404, webhook_or_404
from palabre.webhooks.models import Attempt, Delivery, State, Webhook
from palabre.webhooks.tasks import deliver_soon, resend_failed

SIZE = 30
SINCE = {
    "hour": (gettext_lazy("In the last hour"), timedelta(hours=1)),
    "day": (gettext_lazy("In the last day"), timedelta(days=1)),
    "week": (gettext_lazy("In the last week"), timedelta(weeks=1)),
    "month": (gettext_lazy("In the last thirty days"), timedelta(days=30)),
}


@login_required
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """`/webhooks/3/`: how it stands, and its log; `?show=failed` only what did not arrive."""
    webhook = webhook_or_404(request, pk)
    failed = given.text(request.GET, "show") == "failed"
    log = webhook.deliveries.filter(state=State.FAILED) if failed else webhook.deliveries.all()
    attempts = Prefetch("attempts", Attempt.objects.defer("answer"))
    found = page(log.prefetch_related(attempts).defer("body"), request, ("-id",), SIZE)
    titles = _titles(request, [each.item for each in found if each.item])
    for each in found:
        each.words, each.title = vocabulary.words(each.type), titles.get(each.item or 0, "")
        each.last = next(reversed(each.attempts.all()), None)
    words = vocabulary.verbs()
    context = {
        "webhook": webhook,
        "space": webhook.space,
        "page": found,
        "failed": failed,
        "since": {name: label for name, (label, _span) in SINCE.items()},
        "heard": [words[verb] for verb in webhook.verbs if verb in words],
        "kinds": [kind.label_plural for kind in kinds.every() if kind.name in webhook.kinds],
    }
    return render(request, "webhooks/show.html", context)


def _titles(request: HttpRequest, items: list[int]) -> dict[int, str]:
    """Of what the reader may see now."""
    seen = Item.objects.visible_to(request.user).filter(pk__in=items)
    return dict(seen.values_list("pk", "title")) if items else {}


@login_required
@require_GET
def delivery(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What was sent, as far as the reader may see now what it tells of, and how each attempt went."""
    found = delivery_or_404(request, pk, number)
    titles = _titles(request, [found.item] if found.item else [])
    may_see = found.item is None or found.item in titles
    context = {
        "delivery": found,
        "webhook": found.webhook,
        "space": found.webhook.space,
        "words": vocabulary.words(found.type),
        "title": titles.get(found.item or 0, ""),
        "attempts": [(attempt, vocabulary.trouble(attempt.trouble)) for attempt in found.attempts.all()],
        "sent": json.dumps(json.loads(found.body), ensure_ascii=False, indent=2) if found.body and may_see else "",
        "may_send": not found.webhook.disabled_at and found.event is not None and _is_not_due(found),
    }
    return render(request, "webhooks/delivery.html", context)


def _is_not_due(found: Delivery) -> bool:
    """It has ended, or is to be tried again only later."""
    return found.due_at is None or found.due_at > now()


@login_required
@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends a test at once, and shows how it went."""
    return redirect(sending.test(webhook_or_404(request, pk)))


@login_required
@require_POST
@transaction.atomic
def resending_one(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Sends one delivery again, under the same number, however it went before; one that waits goes now."""
    found = delivery_or_404(request, pk, number)
    if found.webhook.disabled_at or found.event is None:
        done(request, _("Nothing was sent: enable the webhook first."))
        return redirect(found)
    Delivery.objects.filter(pk=found.pk).send_again()
    Webhook.objects.filter(pk=found.webhook_id).update(rests_until=None)
    deliver_soon(found.webhook_id)
    done(request, _("It is on its way again."))
    return redirect(found)


@login_required
@require_POST
def resending(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends again all that failed within some time, tests left out."""
    webhook = webhook_or_404(request, pk)
    if webhook.disabled_at:
        done(request, _("Nothing was sent: enable the webhook first."))
        return redirect(webhook)
    _label, span = SINCE.get(given.text(request.POST, "since"), SINCE["month"])
    sent = resend_failed(webhook, span)
    told = ngettext("%(n)s delivery is on its way again.", "%(n)s deliveries are on their way again.", sent)
    done(request, told % {"n": sent} if sent else _("Nothing has failed in that time."))
    return redirect(webhook)
