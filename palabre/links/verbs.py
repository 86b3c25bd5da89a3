"""What the journal can tell of links made by hand; those in a text are told with the text."""

from palabre.journal.verbs import Verb, register

register(
    Verb("linked", loud=True, changes_text=True, concerns=("author",)),
    Verb("linked_from", changes_text=True),
    Verb("unlinked", changes_text=True),
    Verb("unlinked_from", changes_text=True),
)
