"""A consultation beside its item: what is asked, who has a place in it, and what was answered."""

from palabre.consultations.models.answers import (
    Response,
    ResponseQuerySet,
    Seat,
    SeatQuerySet,
    Statement,
    StatementQuerySet,
)
from palabre.consultations.models.consultation import (
    FLOOR,
    Consultation,
    Mix,
    Settled,
    Stage,
    State,
    Who,
    fingerprint,
)
from palabre.consultations.models.enclosures import Enclosure, EnclosureQuerySet
from palabre.consultations.models.invitations import AGAIN, Invitation, InvitedQuerySet, Silence, print_of
from palabre.consultations.models.kept import Kept, KeptQuerySet
from palabre.consultations.models.knocks import KNOCKS, Knock
from palabre.consultations.models.leavings import Leaving

__all__ = [
    "AGAIN",
    "FLOOR",
    "KNOCKS",
    "Consultation",
    "Enclosure",
    "EnclosureQuerySet",
    "Invitation",
    "InvitedQuerySet",
    "Kept",
    "KeptQuerySet",
    "Knock",
    "Leaving",
    "Mix",
    "Response",
    "ResponseQuerySet",
    "Seat",
    "SeatQuerySet",
    "Settled",
    "Silence",
    "Stage",
    "State",
    "Statement",
    "StatementQuerySet",
    "Who",
    "fingerprint",
    "print_of",
]
