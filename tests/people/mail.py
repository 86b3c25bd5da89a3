"""The worker's part of sending mail."""

from procrastinate.contrib.django.models import ProcrastinateJob

from palabre.people.tasks import carry


def waiting():
    """The jobs that carry mail, oldest first."""
    return ProcrastinateJob.objects.filter(task_name="people.carry", status="todo").order_by("pk")


def carry_all():
    """Does them, as the worker would in a transaction of its own."""
    for job in waiting():
        carry(**job.args)
