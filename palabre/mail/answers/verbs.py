"""What the journal can tell of mail."""

from palabre.journal.verbs import Verb, register

register(
    Verb("mail_stopped"),
    Verb("mail_resumed"),
)
