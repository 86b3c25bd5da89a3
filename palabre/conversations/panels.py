"""What conversations show elsewhere: the way to them with its count, "write to" on a profile, what a message became."""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from palabre.conversations import cards, outcomes
from palabre.conversations.correspondence import correspondents
from palabre.conversations.models import Conversation, Outcome, Reading
from palabre.items import doors, origins, silence
from palabre.items.models import Item, ItemQuerySet
from palabre.kit import navigation
from palabre.kit.drawing import icon
from palabre.kit.navigation import Place
from palabre.kit.panels import Panel, offer
from palabre.kit.policy import may
from palabre.spaces import sight
from palabre.talk.discussion import Discussion, Said
from palabre.talk.drawing import adds_act
from palabre.talk.models import Comment

NAME = "messages"
_BECOMING = _("Make something of it")


def _unread(person: Any, _within: Any) -> Any:
    """In how many conversations of the reader something is new to them; of what they have muted nothing is."""
    read = Reading.objects.filter(conversation=OuterRef("pk"), person=person).values("upto")[:1]
    said = Comment.objects.standing().filter(item=OuterRef("pk")).exclude(by=person).order_by("-pk")
    theirs = Conversation.objects.filter(item__space__memberships__person=person).order_by()
    new = theirs.alias(last=Subquery(said.values("pk")[:1])).filter(last__gt=Coalesce(Subquery(read), 0))
    return sight.number_of(new.exclude(silence.of(person)))


def unread(request: HttpRequest) -> int:
    """In how many conversations something is new; it came with the reader's sight."""
    return sight.of(request.user).counted.get(NAME) or 0


@origins.tells
def _source(visible: ItemQuerySet) -> Any:
    """What an item was made of, where the reader sees the message or the comment: by its number, and who said it."""
    there = visible.filter(pk=OuterRef("comment__item")).order_by()
    said = Outcome.objects.filter(Exists(there), item=OuterRef("pk"), comment__deleted_at=None).order_by("pk")
    told = JSONObject(
        comment="comment", by="comment__by__name", person="comment__by", side="comment__by__side",
        title="comment__item__title", apart="comment__item__space__nameless",
    )  # fmt: skip
    return Subquery(said.values(told=told)[:1])


def source(request: HttpRequest, item: Item, **_context: Any) -> dict[str, Any] | None:
    """The way back to where it was said, whose door is asked again there."""
    made_of = getattr(item, "made_of", None)
    return {"made_of": made_of} if made_of else None


def _became(_person: Any) -> Any:
    """What the comments on an item became, as far as the reader sees it: it comes with the item, whose page has no
    query to spare."""
    there = Item.objects.visible_to_asker().filter(pk=OuterRef("item")).order_by()
    rows = Outcome.objects.filter(Exists(there), comment__item=OuterRef("pk"), comment__item__space__nameless=False)
    brief = {name: f"item__{name}" for name in ("kind", "title", "language")}
    return ArraySubquery(rows.order_by("pk").values(told=JSONObject(comment="comment", pk="item", **brief)))


def said(request: HttpRequest, item: Item, said: Said, talk: Discussion | str = "", **_context: Any) -> Any:
    """Below what was said: what it became; of a message also cards of what it links to. Asked once for a page."""
    keeper: Any = talk if isinstance(talk, Discussion) else said
    kept = getattr(keeper, "_beneath", None)
    if kept is None:
        kept = keeper._beneath = _beneath(request.user, item, said, talk)
    pointed, became = (found.get(said.comment.pk, []) for found in kept)
    return {"cards": pointed, "became": became} if pointed or became else None


def _beneath(
    reader: Any, item: Item, said: Said, talk: Discussion | str
) -> tuple[Mapping[int, Any], Mapping[int, Any]]:
    brought = getattr(item, "became", None)
    if brought is not None and not item.kind_of.apart:
        return {}, outcomes.told(brought)
    shown = [said]
    if isinstance(talk, Discussion):
        shown = [each for thread in talk.threads for each in (thread.opening, *thread.answers)]
    pointed = cards.of(shown, reader) if item.kind_of.apart else {}
    return pointed, outcomes.of((each.comment for each in shown), reader)


@adds_act
def becoming(person: Any, comment: Comment) -> SafeString:
    """Making an item of what was said."""
    if not may(person, "comment.become", comment):
        return mark_safe("")
    address = reverse("conversations:outcome", args=[comment.pk])
    return format_html(
        '<a class="btn quiet" href="{}" title="{}">{}<span class="word">{}</span></a>',
        address, _BECOMING, icon("file-plus"), _BECOMING,
    )  # fmt: skip


def write_to(request: HttpRequest, person: Any, **_context: Any) -> dict[str, Any] | None:
    """On a profile, for who may write to them, or has."""
    if not may(request.user, "conversation.start") or person.pk == request.user.pk:
        return None
    reached = correspondents(request.user).filter(pk=person.pk).exists()
    return {"person": person} if reached or Conversation.objects.between(request.user, person) else None


sight.counts(NAME, _unread)
doors.brings("made_of", lambda _reader: _source(Item.objects.visible_to_asker()))
doors.brings("became", _became)
navigation.offer(
    Place(
        "conversations",
        _("Messages"),
        "messages-square",
        "conversations:conversations",
        order=30,
        bar=True,
        key="c",
        shown=navigation.signed_in,
        count=unread,
    )
)
navigation.offer(
    Place(
        "correspondence",
        _("Who may write to whom"),
        "messages-square",
        "conversations:rules",
        part="me",
        order=50,
        shown=lambda request: request.user.is_authenticated and may(request.user, "conversation.rules", None),
    )
)
offer(Panel("item.foot", "conversations.source", "conversations/panels/source.html", source, order=50))
offer(Panel("talk.said", "conversations.said", "conversations/panels/said.html", said, queries=2))
offer(
    Panel(
        "person.actions", "conversations.write_to", "conversations/panels/write_to.html", write_to, queries=3, order=10
    )
)
