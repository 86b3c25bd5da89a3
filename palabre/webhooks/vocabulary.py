"""What a webhook can hear of: the verbs about items that mean something outside, in words.

A type is `item.` and the verb of the journal, and stays what it is. The verbs of the rooms below are named here; a kind
adds its own by registering them with words (`Verb.says`).
"""

from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palabre.items import kinds

TEST = "webhook.test"
VERBS: dict[str, str | Promise] = {
    "published": gettext_lazy("Published"),
    "edited": gettext_lazy("Changed"),
    "moved": gettext_lazy("Moved"),
    "archived": gettext_lazy("Archived"),
    "unarchived": gettext_lazy("Taken out of the archive"),
    "trashed": gettext_lazy("Thrown away"),
    "restored": gettext_lazy("Taken out of the trash"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "owner_named": gettext_lazy("Given another owner"),
    "verified": gettext_lazy("Verified"),
    "verification_lapsed": gettext_lazy("No longer verified"),
    "reported_outdated": gettext_lazy("Reported as outdated"),
    "file_added": gettext_lazy("A file was added"),
    "file_removed": gettext_lazy("A file was removed"),
    "tagged": gettext_lazy("Tagged"),
    "untagged": gettext_lazy("A tag was taken off"),
    "commented": gettext_lazy("Commented"),
    "comment_edited": gettext_lazy("A comment was changed"),
    "comment_deleted": gettext_lazy("A comment was deleted"),
    "comment_restored": gettext_lazy("A comment was restored"),
    "comment_resolved": gettext_lazy("A thread was resolved"),
    "comment_reopened": gettext_lazy("A thread was reopened"),
    "reacted": gettext_lazy("Somebody reacted"),
    "reaction_withdrawn": gettext_lazy("A reaction was withdrawn"),
}


@cache
def known() -> frozenset[str]:
    """The names of the verbs that can be told."""
    return frozenset(verbs())


def verbs() -> dict[str, str]:
    """Every verb that can be told, with its words in the reader's language."""
    of_kinds = {verb.name: verb.says for kind in kinds.every() for verb in kind.verbs if verb.says}
    told = {name: str(says % {"who": _("Somebody"), "n": 1}) for name, says in of_kinds.items()}
    return {name: str(words) for name, words in VERBS.items()} | told


def trouble(reason: str) -> str:
    """Why nothing came back (`kit.outbound.Refused`), in words."""
    return {
        "name": _("The name leads nowhere"),
        "network": _("Nobody answers there"),
        "time": _("No answer in time"),
        "inside": _("Inside a network: not allowed"),
        "port": _("This port is not open to us"),
        "scheme": _("Not an address of the web"),
        "credentials": _("A password in the address"),
    }.get(reason, _("What came back is no answer"))


def type_of(verb: str) -> str:
    """The `type` of a payload."""
    return f"item.{verb}"


def words(type: str) -> str:
    """A type as people read it."""
    return _("Test") if type == TEST else verbs().get(type.removeprefix("item."), type)
