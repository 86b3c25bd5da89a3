"""What the journal can tell of webhooks: who lets which news out is part of the journal of rights."""

from palabre.journal.verbs import Verb, did, register

register(
    Verb("webhook_made", rights=True, concerns=("stewards", "administrators"), says=did("%(who)s made a webhook")),
    Verb("webhook_changed", rights=True, says=did("%(who)s changed a webhook")),
    Verb("webhook_secret_changed", rights=True, says=did("%(who)s gave a webhook a new secret")),
    Verb("webhook_enabled", rights=True, concerns=("webhook_keeper",), says=did("%(who)s enabled a webhook")),
    Verb("webhook_disabled", rights=True, concerns=("webhook_keeper",), says=did("%(who)s disabled a webhook")),
    Verb(
        "webhook_given_up",
        loud=True,
        rights=True,
        concerns=("webhook_keeper", "stewards", "administrators"),
        says=did("A webhook was given up"),
    ),
    Verb("webhook_removed", rights=True, concerns=("webhook_keeper",), says=did("%(who)s removed a webhook")),
)
