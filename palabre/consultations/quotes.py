"""The words behind the end of a consultation: what was heard and will be done, or why nobody says so."""

from palabre.consultations.models import Consultation
from palabre.items.models import address
from palabre.journal.models import Event
from palabre.journal.quoting import Quote, Row, Rows, quotes

CONSULTATIONS = Rows("item", lambda: Consultation.objects.all(), {"title": "item__title", "statement": "statement"})


@quotes("consultation_returned", "consultation_left", rows=CONSULTATIONS)
def of_end(event: Event, consultation: Row) -> Quote | None:
    """The statement as it reads now, a reason as it was said then."""
    words = event.particulars.get("reason") if event.verb == "consultation_left" else consultation["statement"]
    return Quote(words, address("consultation", consultation["pk"], consultation["title"])) if words else None
