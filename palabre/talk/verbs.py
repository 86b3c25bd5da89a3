"""What the journal can tell of talk. Comments are searched: readers look again when their words change."""

from palabre.journal.verbs import Verb, register

register(
    Verb("commented", loud=True, changes_text=True, concerns=("author", "followers")),
    Verb("comment_edited", changes_text=True),
    Verb("comment_deleted", changes_text=True),
    Verb("comment_restored", changes_text=True),
    Verb("comment_resolved", concerns=("author",)),
    Verb("comment_reopened", concerns=("author",)),
    Verb("reacted", concerns=("author",)),
    Verb("reaction_withdrawn"),
)
