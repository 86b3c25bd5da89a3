"""What the journal can tell of any item."""

from palabre.journal.verbs import Verb, register

register(
    Verb("published", loud=True, changes_text=True, changes_sight=True, concerns=("followers",)),
    Verb("edited", changes_text=True, concerns=("author", "followers")),
    Verb("renamed", changes_text=True),
    Verb("moved", changes_text=True, changes_sight=True, concerns=("author",)),
    Verb("archived", changes_text=True, concerns=("author",)),
    Verb("unarchived", changes_text=True),
    Verb("trashed", changes_text=True, changes_sight=True, concerns=("author",)),
    Verb("restored", changes_text=True, changes_sight=True, concerns=("author",)),
    Verb("scheduled"),
    Verb("withdrawn", changes_text=True, changes_sight=True),
    Verb("owner_named", changes_text=True, concerns=("owner",)),
)
