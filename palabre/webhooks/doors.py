"""The way in to a webhook and to what it was told: one may keep it, or it does not exist."""

from django.http import Http404, HttpRequest

from palabre.webhooks.models import Delivery, Webhook


def webhook_or_404(request: HttpRequest, pk: int) -> Webhook:
    """The webhook of that number, with its space and who answers for it."""
    mine = Webhook.objects.visible_to(request.user).select_related("space", "keeper", "disabled_by")
    webhook = mine.filter(pk=pk).first()
    if webhook is None:
        raise Http404
    return webhook


def delivery_or_404(request: HttpRequest, pk: int, number: int) -> Delivery:
    """One of its deliveries, with all its attempts."""
    webhook = webhook_or_404(request, pk)
    delivery = webhook.deliveries.prefetch_related("attempts").filter(pk=number).first()
    if delivery is None:
        raise Http404
    delivery.webhook = webhook
    return delivery
