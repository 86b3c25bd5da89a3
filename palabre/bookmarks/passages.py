"""How kept addresses are counted before they become somebody else's."""

from django.utils.translation import ngettext

from palabre.bookmarks.models import Saver
from palabre.people.union import carries


@carries(Saver, "person")
def kept(number: int) -> str:
    return ngettext("%(number)d address kept", "%(number)d addresses kept", number) % {"number": number}
