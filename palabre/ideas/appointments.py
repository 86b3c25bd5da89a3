"""What a campaign leaves to an hour. Each looks again whether it is still to be done, so that twice does no harm."""

from palabre.ideas import agenda
from palabre.ideas.models import Campaign
from palabre.items.appointments import keeps
from palabre.items.models import Appointment


@keeps(agenda.OPEN)
def opens(appointment: Appointment) -> str:
    """Its first morning."""
    return "opened" if _campaign(appointment).open() else "nothing to open"


@keeps(agenda.END)
def ends(appointment: Appointment) -> str:
    """Its last day is over."""
    return "ended" if _campaign(appointment).end() else "nothing to end"


def _campaign(appointment: Appointment) -> Campaign:
    campaign = Campaign.objects.get(pk=appointment.item_id)
    campaign.item = appointment.item
    return campaign
