"""How votes and questions put to somebody are counted before they become somebody else's."""

from django.utils.translation import ngettext

from palabre.people.union import carries
from palabre.questions.models import Vote, Waiting


@carries(Vote, "by")
def votes(number: int) -> str:
    return ngettext("%(number)d vote", "%(number)d votes", number) % {"number": number}


@carries(Waiting, "person")
def put(number: int) -> str:
    """Questions that wait for somebody."""
    return ngettext("%(number)d question put to them", "%(number)d questions put to them", number) % {"number": number}
