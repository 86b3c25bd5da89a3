"""How commitments are counted before they become somebody else's."""

from django.utils.translation import ngettext

from palabre.commitments.models import Commitment
from palabre.people.union import carries


@carries(Commitment, "carrier")
def carried(number: int) -> str:
    return ngettext("%(number)d commitment carried", "%(number)d commitments carried", number) % {"number": number}
