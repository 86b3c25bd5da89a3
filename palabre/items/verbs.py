"""What the journal can tell of any item."""

from palabre.journal.verbs import Verb, did, register

register(
    Verb(
        "published",
        loud=True,
        changes_text=True,
        changes_sight=True,
        concerns=("mentioned", "said", "followers", "watchers"),
        says=did("%(who)s published it"),
    ),
    Verb(
        "edited",
        changes_text=True,
        concerns=("mentioned", "owner", "author", "followers"),
        says=did("%(who)s changed it"),
    ),
    Verb("renamed", changes_text=True),
    Verb("moved", changes_text=True, changes_sight=True, concerns=("owner", "author"), says=did("%(who)s moved it")),
    Verb("archived", changes_text=True, concerns=("owner", "author"), says=did("%(who)s archived it")),
    Verb("unarchived", changes_text=True),
    Verb(
        "trashed",
        changes_text=True,
        changes_sight=True,
        concerns=("owner", "author"),
        says=did("%(who)s put it in the trash"),
    ),
    Verb(
        "restored",
        changes_text=True,
        changes_sight=True,
        concerns=("owner", "author"),
        says=did("%(who)s took it out of the trash"),
    ),
    Verb("scheduled"),
    Verb("withdrawn", changes_text=True, changes_sight=True),
    Verb("owner_named", changes_text=True, concerns=("owner",), says=did("%(who)s named you as its owner")),
)
