"""What authors leave to an hour: a publication, the end of a verification."""

from palabre.authoring.lifecycle import publish_now, withdraw
from palabre.authoring.models import LAPSE, Trust
from palabre.authoring.writing import PUBLISH
from palabre.items.appointments import keeps
from palabre.items.models import Appointment, State
from palabre.kit.policy import may


@keeps(PUBLISH)
def publish_on_time(appointment: Appointment) -> str:
    """Publishes, if whoever asked for it may still write there; otherwise it is a draft again."""
    item, person = appointment.item, appointment.by
    if item.state != State.SCHEDULED:
        return "nothing to publish"
    if person.has_account and may(person, "item.edit", item):
        publish_now(item, person)
        return "published"
    withdraw(item, person)
    return "refused: may not write there any more"


@keeps(LAPSE)
def verification_lapses(appointment: Appointment) -> str:
    """Says in the journal that nobody confirmed the content in time, so that indexes look again."""
    trust = Trust.objects.filter(pk=appointment.item_id).first()
    if trust is None or not trust.is_outdated:
        return "confirmed meanwhile"
    appointment.item.record("verification_lapsed", None)
    return "lapsed"
