"""`palabre webhook`: what the house tells other programs, seen from the machine's own command line."""

from __future__ import annotations

from datetime import timedelta

import click

from palabre.project.cli import Group
from palabre.project.instance import on_instance
from palabre.project.trouble import Trouble


@click.group(cls=Group)
def command() -> None:
    """See where webhooks lead and how they fare, try one, send again what failed.

    \b
    Example: palabre webhook list
    """


@command.command("list")
@on_instance
def listing() -> None:
    """List the webhooks of the company and of its spaces, with what of the last thirty days arrived, waits and failed.

    \b
    Example: palabre webhook list
    """
    from django.db.models import Count, Q

    from palabre.webhooks.models import State, Webhook

    counts = {state.value: Count("deliveries", filter=Q(deliveries__state=state)) for state in State}
    for each in Webhook.objects.select_related("space").annotate(**counts).order_by("space__slug", "pk"):
        place = each.space.slug if each.space else "(company)"
        sign = f" (disabled: {each.disabled_why})" if each.disabled_at else ""
        figures = ", ".join(f"{getattr(each, state.value)} {state.value}" for state in State)
        click.echo(f"{each.pk:5}  {place:24} {each.name} {each.address}  {figures}{sign}")


@command.command()
@click.argument("number", type=int)
@on_instance
def test(number: int) -> None:
    """Send a test to a webhook, and say how it went.

    \b
    Example: palabre webhook test 3
    """
    from palabre.webhooks import sending
    from palabre.webhooks.models import Webhook

    webhook = Webhook.objects.select_related("space").filter(pk=number).first()
    if webhook is None:
        raise Trouble(f"There is no webhook {number}: palabre webhook list")
    attempt = sending.test(webhook).attempts.get()
    click.echo(f"{webhook.address}: {attempt} in {attempt.milliseconds} ms.")
    if not attempt.arrived:
        raise Trouble(attempt.answer or "Nothing arrived")


@command.command()
@click.argument("number", type=int)
@click.option("--hours", type=click.IntRange(1, 720), default=24, show_default=True, help="How far back.")
@on_instance
def resend(number: int, hours: int) -> None:
    """Send again what failed.

    \b
    Example: palabre webhook resend 3 --hours 48
    """
    from palabre.webhooks.models import Webhook
    from palabre.webhooks.tasks import resend_failed

    webhook = Webhook.objects.enabled().filter(pk=number).first()
    if webhook is None:
        raise Trouble(f"There is no enabled webhook {number}: palabre webhook list")
    click.echo(f"On their way again: {resend_failed(webhook, timedelta(hours=hours))}.")
