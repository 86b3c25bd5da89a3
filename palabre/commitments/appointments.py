"""What a commitment leaves to an hour. Each looks again whether it is still open, so that twice does no harm."""

from palabre.commitments import agenda
from palabre.commitments.models import Commitment
from palabre.items.appointments import keeps
from palabre.items.models import Appointment


@keeps(agenda.SOON)
def soon(appointment: Appointment) -> str:
    """Its day is near."""
    return _remind(appointment, "commitment_due_soon")


@keeps(agenda.OVER)
def over(appointment: Appointment) -> str:
    """Its day is over, and nobody said what came of it."""
    return _remind(appointment, "commitment_overdue")


def _remind(appointment: Appointment, verb: str) -> str:
    if not Commitment.objects.filter(pk=appointment.item_id, state="open").exists():
        return "nothing to remind of"
    appointment.item.record(verb, None)
    return "reminded"
