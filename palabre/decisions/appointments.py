"""What a vote leaves to an hour. Each looks again whether it is still to be done, so that twice does no harm."""

from palabre.decisions import agenda, electorate
from palabre.decisions.models import Decision, Nobody, Settled, Stage, TooFew
from palabre.items.appointments import keeps
from palabre.items.models import Appointment
from palabre.kit.policy import may


def _decision(appointment: Appointment) -> Decision:
    decision = Decision.objects.get(pk=appointment.item_id)
    decision.item = appointment.item
    return decision


@keeps(agenda.OPEN)
def opens(appointment: Appointment) -> str:
    """Opens, if whoever prepared it may still do so, and somebody can vote."""
    decision, person = _decision(appointment), appointment.by
    if not may(person, "decision.prepare", decision):
        return "refused: may not open it any more"
    try:
        decision.open(person, electorate.those)
    except Nobody:
        return "refused: nobody could vote"
    except TooFew:
        return "refused: fewer could vote than its quorum asks for"
    except Settled:
        return "refused: not ready, or over before it begins"
    return "opened"


@keeps(agenda.CLOSE)
def closes(appointment: Appointment) -> str:
    """Counts, whoever opened it and whatever became of them."""
    decision = _decision(appointment)
    if decision.stage != Stage.OPEN or decision.closes_at != appointment.due:
        return "nothing to close"
    decision.close()
    return "closed"


@keeps(agenda.REMIND)
def reminds(appointment: Appointment) -> str:
    """Tells those who have not voted that there is a day left."""
    decision = _decision(appointment)
    if decision.stage != Stage.OPEN:
        return "nothing to remind of"
    decision.remind()
    return "reminded"


@keeps(agenda.REVIEW)
def is_due(appointment: Appointment) -> str:
    """The day has come on which somebody wanted to look at it again."""
    if not Decision.objects.filter(pk=appointment.item_id, stage=Stage.CLOSED).update(review_due=True):
        return "nothing to review"
    appointment.item.record("decision_review_due", None)
    return "due"
