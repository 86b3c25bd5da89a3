"""What the journal can tell of feeds: who lets which list be read elsewhere, and who is told of its changes.

Of an address it keeps the number and the kind of list, never the token nor what is sought; of a subscriber, the host.
"""

from palabre.journal.verbs import Verb, did, register

register(
    Verb("feed_address_made", rights=True, says=did("%(who)s made a private address of a feed")),
    Verb("feed_address_revoked", rights=True, says=did("%(who)s revoked a private address of a feed")),
    Verb("feed_subscribed", rights=True, says=did("Another site is told of the changes of a feed")),
    Verb("feed_unsubscribed", rights=True, says=did("Another site is no longer told of a feed")),
)
