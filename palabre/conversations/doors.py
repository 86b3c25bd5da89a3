"""The way in to a conversation: one takes part in it, or it does not exist."""

from django.db.models import F
from django.http import HttpRequest

from palabre.authoring import showing
from palabre.conversations.models import Conversation
from palabre.items.doors import item_or_404

PAGES = showing.door("conversation", before=F("conversation__before"))


def conversation_or_404(request: HttpRequest, pk: int) -> Conversation:
    """The conversation with its item and its space, if the reader takes part in it."""
    item = item_or_404(request, pk, "conversation", apart=True)
    conversation: Conversation = item.conversation  # type: ignore[attr-defined]
    conversation.item = item
    return conversation


def page_or_404(request: HttpRequest, pk: int) -> Conversation:
    """The same for its page, with what rooms above know of the reader and it."""
    item = PAGES.open(request, pk, "conversation", apart=True)
    conversation: Conversation = item.conversation  # type: ignore[attr-defined]
    conversation.item = item
    return conversation
