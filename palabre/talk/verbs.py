"""What the journal can tell of talk. Comments are searched: readers look again when their words change."""

from django.utils.translation import ngettext_lazy

from palabre.journal.verbs import Verb, register

register(
    Verb(
        "commented",
        loud=True,
        changes_text=True,
        concerns=("named", "answered", "owner", "author", "followers"),
        says=ngettext_lazy("%(who)s commented", "%(who)s commented", "n"),
    ),
    Verb("comment_edited", changes_text=True),
    Verb("comment_deleted", changes_text=True),
    Verb("comment_restored", changes_text=True),
    Verb(
        "comment_resolved",
        concerns=("speaker",),
        says=ngettext_lazy("%(who)s resolved the thread", "%(who)s resolved the thread", "n"),
    ),
    Verb(
        "comment_reopened",
        concerns=("speaker",),
        says=ngettext_lazy("%(who)s reopened the thread", "%(who)s reopened the thread", "n"),
    ),
    Verb("reacted", concerns=("addressee",), says=ngettext_lazy("%(who)s reacted", "%(who)s reacted", "n")),
    Verb("reaction_withdrawn"),
)
