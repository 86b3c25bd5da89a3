"""What the journal can tell of people."""

from palabre.journal.verbs import Verb, register

register(
    Verb("person_joined", changes_sight=True),
    Verb("person_spoken_for"),
    Verb("person_left", changes_sight=True),
    Verb("person_returned", changes_sight=True),
    Verb("person_changed"),
    Verb("password_link_made"),
    Verb("address_changed"),
    Verb("person_united", changes_text=True, changes_sight=True),
    Verb("person_placed", changes_sight=True),
    Verb("administrator_named", changes_sight=True),
    Verb("administrator_dismissed", changes_sight=True),
    Verb("organisation_described", changes_sight=True),
    Verb("invited", changes_sight=True),
    Verb("invitation_accepted", changes_sight=True),
    Verb("invitation_revoked", changes_sight=True),
)
