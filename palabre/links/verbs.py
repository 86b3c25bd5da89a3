"""What the journal can tell of links made by hand; those in a text are told with the text."""

from django.utils.translation import ngettext_lazy

from palabre.journal.verbs import Verb, register

register(
    Verb(
        "linked",
        changes_text=True,
        concerns=("author",),
        says=ngettext_lazy("%(who)s linked it to something", "%(who)s linked it to something", "n"),
    ),
    Verb(
        "linked_from",
        changes_text=True,
        concerns=("author",),
        says=ngettext_lazy("%(who)s linked something to it", "%(who)s linked something to it", "n"),
    ),
    Verb("unlinked", changes_text=True),
    Verb("unlinked_from", changes_text=True),
)
