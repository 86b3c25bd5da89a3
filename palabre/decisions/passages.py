"""How ballots and places on a list are counted before they become somebody else's."""

from django.utils.translation import ngettext

from palabre.decisions.models import Ballot, Elector
from palabre.people.union import carries


@carries(Ballot, "voter")
def ballots(number: int) -> str:
    return ngettext("%(number)d ballot", "%(number)d ballots", number) % {"number": number}


@carries(Elector, "person")
def places(number: int) -> str:
    """Votes in which they have a say."""
    return ngettext("a voice in %(number)d vote", "a voice in %(number)d votes", number) % {"number": number}
