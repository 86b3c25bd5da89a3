"""What the journal can tell of spaces: every change of rights is here."""

from palabre.journal.verbs import Verb, register

register(
    Verb("space_created", changes_sight=True),
    Verb("space_changed"),
    Verb("space_renamed"),
    Verb("space_archived", changes_sight=True),
    Verb("space_reopened", changes_sight=True),
    Verb("audience_changed", changes_sight=True),
    Verb("writing_changed", changes_sight=True),
    Verb("organisation_added", changes_sight=True),
    Verb("organisation_removed", changes_sight=True),
    Verb("member_added", changes_sight=True),
    Verb("member_changed", changes_sight=True),
    Verb("member_removed", changes_sight=True),
    Verb("membership_promised"),
    Verb("access_asked"),
    Verb("access_granted", changes_sight=True),
    Verb("access_refused"),
)
