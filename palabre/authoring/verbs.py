"""What the journal can tell of the trust in an item."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from palabre.journal.verbs import Verb, did, register

register(
    Verb("verified", changes_text=True, concerns=("owner",), says=did("%(who)s confirmed that it is still true")),
    Verb(
        "reported_outdated",
        loud=True,
        changes_text=True,
        concerns=("owner", "author"),
        says=ngettext_lazy("%(who)s says it is out of date", "%(who)s say it is out of date", "n"),
    ),
    Verb(
        "verification_lapsed",
        loud=True,
        changes_text=True,
        concerns=("owner", "author"),
        says=_("It is time to see whether it is still true"),
    ),
)
