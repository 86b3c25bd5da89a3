"""A decision beside its item: what was declared, who may vote, their ballots, and what happened to the vote."""

from palabre.decisions.models.arguments import Argument, ArgumentQuerySet, Side
from palabre.decisions.models.course import Keyless, Nobody, Settled, Shown, Stage, TooFew, Unanswered, Who
from palabre.decisions.models.decision import Decision, Lot
from palabre.decisions.models.delegations import Delegation, DelegationQuerySet
from palabre.decisions.models.happenings import Turn
from palabre.decisions.models.standing import Standing, StandingQuerySet
from palabre.decisions.models.voices import Ballot, BallotQuerySet, Elector, ElectorQuerySet, Mark, Unsigned

__all__ = [
    "Argument",
    "ArgumentQuerySet",
    "Ballot",
    "BallotQuerySet",
    "Decision",
    "Delegation",
    "DelegationQuerySet",
    "Elector",
    "ElectorQuerySet",
    "Keyless",
    "Lot",
    "Mark",
    "Nobody",
    "Settled",
    "Shown",
    "Side",
    "Stage",
    "Standing",
    "StandingQuerySet",
    "TooFew",
    "Turn",
    "Unanswered",
    "Unsigned",
    "Who",
]
