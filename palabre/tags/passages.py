"""How tags put by somebody are counted before they become somebody else's."""

from django.utils.translation import ngettext

from palabre.people.union import carries
from palabre.tags.models import Tagging


@carries(Tagging, "by")
def taggings(number: int) -> str:
    return ngettext("%(number)d tag put on something", "%(number)d tags put on something", number) % {"number": number}
