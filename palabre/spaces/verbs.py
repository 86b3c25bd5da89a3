"""What the journal can tell of spaces: every change of rights is here."""

from django.utils.translation import ngettext_lazy

from palabre.journal.verbs import Verb, register

register(
    Verb("space_created", changes_sight=True),
    Verb("space_changed"),
    Verb("space_renamed"),
    Verb(
        "space_archived",
        changes_sight=True,
        concerns=("stewards",),
        says=ngettext_lazy("%(who)s closed this space", "%(who)s closed this space", "n"),
    ),
    Verb(
        "space_reopened",
        changes_sight=True,
        concerns=("stewards",),
        says=ngettext_lazy("%(who)s opened this space again", "%(who)s opened this space again", "n"),
    ),
    Verb(
        "audience_changed",
        changes_sight=True,
        concerns=("stewards",),
        says=ngettext_lazy("%(who)s changed who reads here", "%(who)s changed who reads here", "n"),
    ),
    Verb(
        "writing_changed",
        changes_sight=True,
        concerns=("stewards",),
        says=ngettext_lazy("%(who)s changed who writes here", "%(who)s changed who writes here", "n"),
    ),
    Verb("organisation_added", changes_sight=True),
    Verb("organisation_removed", changes_sight=True),
    Verb(
        "member_added",
        loud=True,
        changes_sight=True,
        concerns=("person",),
        says=ngettext_lazy("%(who)s made you a member", "%(who)s made you a member", "n"),
    ),
    Verb(
        "member_changed",
        changes_sight=True,
        concerns=("person",),
        says=ngettext_lazy("%(who)s changed your part", "%(who)s changed your part", "n"),
    ),
    Verb("member_removed", changes_sight=True),
    Verb("membership_promised"),
    Verb(
        "access_asked",
        loud=True,
        concerns=("stewards",),
        says=ngettext_lazy("%(who)s asks to come in", "%(who)s ask to come in", "n"),
    ),
    Verb(
        "access_granted",
        loud=True,
        changes_sight=True,
        concerns=("person",),
        says=ngettext_lazy("%(who)s let you in", "%(who)s let you in", "n"),
    ),
    Verb(
        "access_refused",
        loud=True,
        concerns=("person",),
        says=ngettext_lazy("%(who)s did not let you in", "%(who)s did not let you in", "n"),
    ),
)
