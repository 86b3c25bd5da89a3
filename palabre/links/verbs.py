"""What the journal can tell of links made by hand; those in a text are told with the text."""

from palabre.journal.verbs import Verb, did, register

register(
    Verb("linked", changes_text=True, concerns=("author",), says=did("%(who)s linked it to something")),
    Verb("linked_from", changes_text=True, concerns=("author",), says=did("%(who)s linked something to it")),
    Verb("unlinked", changes_text=True),
    Verb("unlinked_from", changes_text=True),
)
