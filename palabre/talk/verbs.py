"""What the journal can tell of talk. Comments are searched: readers look again when their words change."""

from palabre.journal.verbs import Verb, did, register

register(
    Verb(
        "commented",
        loud=True,
        changes_text=True,
        concerns=("named", "answered", "owner", "author", "followers"),
        says=did("%(who)s commented"),
    ),
    Verb(
        "comment_edited",
        loud=True,
        changes_text=True,
        concerns=("named",),
        says=did("%(who)s changed a comment"),
        says_apart=did("%(who)s changed a message"),
    ),
    Verb("comment_deleted", changes_text=True),
    Verb("comment_restored", changes_text=True),
    Verb("comment_resolved", concerns=("speaker",), says=did("%(who)s resolved the thread")),
    Verb("comment_reopened", concerns=("speaker",), says=did("%(who)s reopened the thread")),
    Verb("reacted", concerns=("addressee",), says=did("%(who)s reacted")),
    Verb("reaction_withdrawn"),
)
