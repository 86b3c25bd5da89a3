"""What a webhook can hear of: the verbs about items that mean something outside, in words.

A type is `item.` and the verb of the journal, and stays what it is. The verbs of the rooms below are named here; a kind
adds its own by registering them with words (`Verb.says`).
"""

from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from palabre.items import kinds

TEST = "webhook.test"
Words = dict[str, str | Promise]
OF_TEXTS: Words = {
    "published": pgettext_lazy("an event", "Published"),
    "edited": gettext_lazy("Changed"),
    "moved": gettext_lazy("Moved"),
    "archived": pgettext_lazy("an event", "Archived"),
    "unarchived": gettext_lazy("Taken out of the archive"),
    "trashed": gettext_lazy("Thrown away"),
    "restored": gettext_lazy("Taken out of the trash"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "owner_named": gettext_lazy("Given another owner"),
    "verified": gettext_lazy("Verified"),
    "verification_lapsed": gettext_lazy("No longer verified"),
    "reported_outdated": gettext_lazy("Reported as outdated"),
}
OF_WHAT_IS_ADDED: Words = {
    "file_added": gettext_lazy("A file was added"),
    "file_removed": gettext_lazy("A file was removed"),
    "tagged": gettext_lazy("Tagged"),
    "untagged": gettext_lazy("A tag was taken off"),
}
OF_TALK: Words = {
    "commented": gettext_lazy("Commented"),
    "comment_edited": gettext_lazy("A comment was changed"),
    "comment_deleted": gettext_lazy("A comment was deleted"),
    "comment_restored": gettext_lazy("A comment was restored"),
    "comment_resolved": gettext_lazy("A thread was resolved"),
    "comment_reopened": gettext_lazy("A thread was reopened"),
    "reacted": gettext_lazy("Somebody reacted"),
    "reaction_withdrawn": gettext_lazy("A reaction was withdrawn"),
}
OF_ANYTHING: dict[str | Promise, Words] = {
    gettext_lazy("Whatever is written"): OF_TEXTS,
    gettext_lazy("Files and tags"): OF_WHAT_IS_ADDED,
    gettext_lazy("Comments and reactions"): OF_TALK,
}
VERBS: Words = OF_TEXTS | OF_WHAT_IS_ADDED | OF_TALK
SAID_TO_ONE = ("person",)  # the role of who is named by what stands in no item


@cache
def known() -> frozenset[str]:
    """The names of the verbs that can be told."""
    return frozenset(verbs())


def verbs() -> dict[str, str]:
    """Every verb that can be told, with its words in the reader's language."""
    return {name: words for _heading, some in groups() for name, words in some.items()}


def groups() -> list[tuple[str, dict[str, str]]]:
    """The same under headings: what happens to anything, then what only a kind of thing knows."""
    found = [
        (str(heading), {name: str(words) for name, words in some.items()}) for heading, some in OF_ANYTHING.items()
    ]
    for kind in heard_kinds():
        own = {
            verb.name: str(verb.says % {"who": _("Somebody"), "n": 1})
            for verb in kind.verbs
            if verb.says and verb.concerns != SAID_TO_ONE
        }
        if own:
            found.append((kind_words(kind), own))
    return found


def heard_kinds() -> list[kinds.Kind]:
    """The kinds of things of which a webhook can hear: what stands apart, as conversations do, is told to none."""
    return [kind for kind in kinds.every() if not kind.apart]


def kind_words(kind: kinds.Kind) -> str:
    """The many of a kind, at the beginning of a line."""
    words = str(kind.label_plural)
    return f"{words[:1].upper()}{words[1:]}"


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
