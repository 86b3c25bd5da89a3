"""Conversations as a kind."""

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from palabre.conversations.models import Conversation, is_named
from palabre.items.kinds import Kind, register
from palabre.items.models import Item
from palabre.journal.verbs import Verb, did


def _found(item: Item, words: str) -> str:
    """A search leads to the messages that say it."""
    return f"{item.get_absolute_url()}?{urlencode({'q': words})}"


def _called(item: Item, reader: Any) -> str:
    """One without a name is called by who takes part: by the others, for each of them."""
    if is_named(item):
        return item.title
    named, more, further = item.title.partition(" +")
    others = ", ".join(name for name in named.split(", ") if name != reader.name)
    return f"{others}{more}{further}" if others else item.title


CONVERSATION = register(
    Kind(
        name="conversation",
        path="conversations",
        label=_("Conversation"),
        label_plural=_("Conversations"),
        icon="messages-square",
        template="conversations/show.html",
        facet=Conversation,
        saying="messaged",
        apart=True,
        found=_found,
        called=_called,
        verbs=(
            Verb("conversation_started", changes_text=True, changes_sight=True),
            Verb("conversation_named", changes_text=True),
            Verb("conversation_went_on", goes_on=True),
            Verb(
                "participant_added",
                loud=True,
                changes_text=True,
                changes_sight=True,
                concerns=("person",),
                says=did("%(who)s added you"),
            ),
            Verb("participant_left", changes_text=True, changes_sight=True),
            Verb(
                "messaged",
                loud=True,
                changes_text=True,
                concerns=("named", "answered", "correspondent", "participant", "followers"),
                says=did("%(who)s wrote"),
            ),
            Verb("message_became"),
            Verb("messages_brought", changes_text=True, changes_sight=True),
        ),
        dated=True,
        order=90,
        start="/conversations/new/",
    )
)
