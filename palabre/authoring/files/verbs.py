"""What the journal can tell of files: always of the item they belong to."""

from palabre.journal.verbs import Verb, register

register(
    Verb("file_added", changes_text=True),
    Verb("file_read", changes_text=True),
    Verb("file_removed", changes_text=True),
)
