"""What the journal can tell of the trust in an item."""

from palabre.journal.verbs import Verb, register

register(
    Verb("verified", changes_text=True, concerns=("owner",)),
    Verb("reported_outdated", loud=True, changes_text=True, concerns=("owner", "author")),
    Verb("verification_lapsed", changes_text=True, concerns=("owner", "author")),
)
