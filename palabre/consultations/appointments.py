"""What a consultation leaves to an hour: its end."""

from palabre.consultations import agenda
from palabre.consultations.models import Consultation, Stage
from palabre.items.appointments import keeps
from palabre.items.models import Appointment


@keeps(agenda.CLOSE)
def closes(appointment: Appointment) -> str:
    """Closes, whoever opened it and whatever became of them."""
    consultation = Consultation.objects.get(pk=appointment.item_id)
    consultation.item = appointment.item
    if consultation.stage != Stage.OPEN or consultation.closes_at != appointment.due:
        return "nothing to close"
    consultation.close()
    return "closed"
