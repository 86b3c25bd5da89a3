"""How comments and reactions are counted before they become somebody else's."""

from django.utils.translation import ngettext

from palabre.people.union import carries
from palabre.talk.models import Comment, Reaction


@carries(Comment, "by")
def comments(number: int) -> str:
    return ngettext("%(number)d comment", "%(number)d comments", number) % {"number": number}


@carries(Reaction, "by")
def reactions(number: int) -> str:
    return ngettext("%(number)d reaction", "%(number)d reactions", number) % {"number": number}
