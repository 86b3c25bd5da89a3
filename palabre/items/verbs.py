"""What the journal can tell of any item."""

from django.utils.translation import ngettext_lazy

from palabre.journal.verbs import Verb, register

register(
    Verb(
        "published",
        loud=True,
        changes_text=True,
        changes_sight=True,
        concerns=("mentioned", "followers", "watchers"),
        says=ngettext_lazy("%(who)s published it", "%(who)s published it", "n"),
    ),
    Verb(
        "edited",
        changes_text=True,
        concerns=("mentioned", "owner", "author", "followers"),
        says=ngettext_lazy("%(who)s changed it", "%(who)s changed it", "n"),
    ),
    Verb("renamed", changes_text=True),
    Verb(
        "moved",
        changes_text=True,
        changes_sight=True,
        concerns=("owner", "author"),
        says=ngettext_lazy("%(who)s moved it", "%(who)s moved it", "n"),
    ),
    Verb(
        "archived",
        changes_text=True,
        concerns=("owner", "author"),
        says=ngettext_lazy("%(who)s archived it", "%(who)s archived it", "n"),
    ),
    Verb("unarchived", changes_text=True),
    Verb(
        "trashed",
        changes_text=True,
        changes_sight=True,
        concerns=("owner", "author"),
        says=ngettext_lazy("%(who)s put it in the trash", "%(who)s put it in the trash", "n"),
    ),
    Verb(
        "restored",
        changes_text=True,
        changes_sight=True,
        concerns=("owner", "author"),
        says=ngettext_lazy("%(who)s took it out of the trash", "%(who)s took it out of the trash", "n"),
    ),
    Verb("scheduled"),
    Verb("withdrawn", changes_text=True, changes_sight=True),
    Verb(
        "owner_named",
        changes_text=True,
        concerns=("owner",),
        says=ngettext_lazy("%(who)s named you as its owner", "%(who)s named you as its owner", "n"),
    ),
)
