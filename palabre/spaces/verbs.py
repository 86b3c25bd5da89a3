"""What the journal can tell of spaces: every change of rights is here."""

from django.utils.translation import ngettext_lazy

from palabre.journal.verbs import Verb, did, register

register(
    Verb("space_created", changes_sight=True),
    Verb("space_changed"),
    Verb("space_renamed"),
    Verb("space_archived", changes_sight=True, concerns=("stewards",), says=did("%(who)s closed this space")),
    Verb("space_reopened", changes_sight=True, concerns=("stewards",), says=did("%(who)s opened this space again")),
    Verb("audience_changed", changes_sight=True, concerns=("stewards",), says=did("%(who)s changed who reads here")),
    Verb("writing_changed", changes_sight=True, concerns=("stewards",), says=did("%(who)s changed who writes here")),
    Verb(
        "asking_opened", rights=True, concerns=("stewards",), says=did("%(who)s lets everybody inside ask to come in")
    ),
    Verb("asking_closed", rights=True, concerns=("stewards",), says=did("%(who)s lets nobody ask to come in any more")),
    Verb("organisation_added", changes_sight=True),
    Verb("organisation_removed", changes_sight=True),
    Verb("member_added", loud=True, changes_sight=True, concerns=("person",), says=did("%(who)s made you a member")),
    Verb("member_changed", changes_sight=True, concerns=("person",), says=did("%(who)s changed your part")),
    Verb("member_removed", changes_sight=True),
    Verb("membership_promised"),
    Verb(
        "access_asked",
        loud=True,
        concerns=("stewards",),
        says=ngettext_lazy("%(who)s asks to come in", "%(who)s ask to come in", "n"),
    ),
    Verb("access_granted", loud=True, changes_sight=True, concerns=("person",), says=did("%(who)s let you in")),
    Verb("access_refused", loud=True, concerns=("person",), says=did("%(who)s did not let you in")),
)
