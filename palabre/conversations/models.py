"""What a conversation knows beside its item: whether it is between two, what it goes on from, who has read how far.

Whoever comes later is to see nothing of what was said before. So no message is narrower than its item: with a newcomer
a new part begins, an item in a nameless space of its own, and those who were there before read both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from palabre.authoring.models import Draft
from palabre.conversations.correspondence import Correspondence
from palabre.conversations.turns import Turn, What
from palabre.items.models import Facet, Item
from palabre.kit import live
from palabre.kit.clock import now
from palabre.kit.holding import hold
from palabre.people.models import Person
from palabre.spaces import sight
from palabre.spaces.models import Space
from palabre.talk.models import Comment

__all__ = ["Conversation", "Correspondence", "Outcome", "Reading", "Turn"]

NAMED = 4  # people in the title of a conversation without a name
GIVEN = "named"  # beside a title that somebody gave


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Questions about conversations; a participant sees one, and nobody else."""

    def visible_to(self, person: Any) -> ConversationQuerySet:
        return self.filter(item__in=Item.objects.visible_to(person, apart=True).order_by().values("pk"))

    def going_on(self) -> ConversationQuerySet:
        """The last part of each."""
        return self.filter(after=None)

    def between(self, one: Any, other: Any) -> Conversation | None:
        """What two people say to each other alone."""
        return self.filter(pair=pair(one, other)).select_related("item__space").first()

    def latest_first(self) -> ConversationQuerySet:
        """With `last`, the number of what was said last, which is 0 in one where nothing stands, and `moved`, when.

        By the moment, not the number: what an import brought was said long before.
        """
        said = Comment.objects.standing().filter(item=OuterRef("item")).order_by("-pk")
        return self.annotate(
            last=Coalesce(Subquery(said.values("pk")[:1]), 0),
            moved=Coalesce(Subquery(said.values("at")[:1]), F("item__created_at")),
        ).order_by("-moved", "-item_id")

    @transaction.atomic
    def start(self, by: Any, people: Iterable[Any], name: str = "", **extras: Any) -> Conversation:
        """A conversation of `by` with people; with one other and no name it is theirs, and there is one of it."""
        everybody = {person.pk: person for person in (by, *people)}
        alone = len(everybody) == 2 and not name
        key = pair(*everybody) if alone else None
        if key:
            Person.objects.select_for_update(no_key=True).only("pk").get(pk=min(everybody))
            if found := self.filter(pair=key).select_related("item__space").first():
                return found
        made = self.open_part(by, everybody.values(), name, pair=key, **extras)
        made.item.record("conversation_started", by, people=sorted(everybody.keys() - {by.pk}))
        return made

    def open_part(
        self, by: Any, people: Iterable[Any], name: str, pair: str | None = None, before: Any = None, **extras: Any
    ) -> Conversation:
        """A part with these people in it, in a nameless space of its own; `before` is the one that it goes on from."""
        people = list(people)
        space = Space.objects.gather(people, by, language=by.language or settings.LANGUAGE_CODE)
        item = Item.objects.create(
            kind="conversation",
            space=space,
            title=name or titled(people),
            language=space.language,
            author=by,
            extras=extras | ({GIVEN: True} if name else {}),
        )
        sight.forget(by)
        return self.create(item=item, pair=pair, before=before)


class Conversation(Facet):
    """A conversation, or one part of it: `before` is the part that it goes on from, with fewer people in it.

    `pair` names the two people of a direct one.
    """

    pair = models.CharField(max_length=40, null=True, unique=True)
    before = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="after")

    objects = ConversationQuerySet.as_manager()

    @property
    def is_direct(self) -> bool:
        return self.pair is not None

    @property
    def named(self) -> bool:
        """Whether its title was given by somebody, and is not merely who takes part."""
        return is_named(self.item)

    @property
    def end(self) -> Conversation:
        """The part in which one writes: this one, or what it became in the end."""
        part = self
        while part.goes_on:
            part = part.goes_on
        return part

    def _held_end(self) -> Conversation:
        """The part in which one writes; until the transaction ends, nobody goes on from it elsewhere."""
        end = self.end
        hold(end)
        while after := Conversation.objects.filter(before=end).select_related("item__space").first():
            end = after
            hold(end)
        return end

    @cached_property
    def goes_on(self) -> Conversation | None:
        """The part in which the conversation goes on, None for the last one."""
        return Conversation.objects.filter(before=self).select_related("item__space").first()

    def participants(self) -> models.QuerySet[Person]:
        """Who takes part, by name."""
        return Person.objects.filter(memberships__space=self.item.space_id).order_by("name", "pk")

    @transaction.atomic
    def say(self, by: Any, body: str, parent: Comment | None = None) -> Comment:
        """A message; what `by` had begun to type is done, and they have read what stands before it."""
        said = Comment.say(self.item, by, body, parent=parent)
        Reading.objects.update_or_create(
            conversation=self, person=by, defaults={"upto": said.pk, "at": now(), "typed": ""}
        )
        return said

    @transaction.atomic
    def begin(self, by: Any, typed: str) -> None:
        """What `by` has begun to type waits for them here; lists in other tabs show the sign of it, or no longer."""
        kept, new = Reading.objects.select_for_update(no_key=True).get_or_create(
            conversation=self, person=by, defaults={"typed": typed}
        )
        former = "" if new else kept.typed
        if former != typed:
            Reading.objects.filter(pk=kept.pk).update(typed=typed)
        if bool(former) != bool(typed):
            live.waits_anew(by.pk)

    @transaction.atomic
    def add(self, people: Iterable[Any], by: Any, *, past: bool = False) -> Conversation:
        """People come in: from now on, in a part that begins with them, or with the `past`, as far as `by` sees it.

        Returns the part in which the conversation goes on.
        """
        held = Conversation.objects.select_for_update(of=("self",), no_key=True).select_related("item__space")
        part = held.get(pk=self.pk)
        if part.goes_on:  # somebody else brought people in at the same moment
            return part.end.add(people, by, past=past)
        here = list(part.participants())
        newcomers = [person for person in people if person not in here]
        if not newcomers:
            return part
        if not past and part.item.comments.exists():
            part = part._go_on(by, [*here, *newcomers])
        else:
            for each in part.parts(by) if past else [part]:
                for person in newcomers:
                    each.item.space.seat(person, by)
            part.retitle()
        for person in newcomers:
            part.item.record("participant_added", by, person=person.pk, past=past)
        Turn.objects.take(part.item, What.CAME, by, newcomers, past=past)
        return part

    def _go_on(self, by: Any, people: Sequence[Person]) -> Conversation:
        """A new part with these people. What somebody had begun to type waits for them there; open pages are told."""
        part = Conversation.objects.open_part(by, people, self.item.title if self.named else "", before=self)
        typing = self.readings.exclude(typed="").filter(person__in=people)
        Reading.objects.bulk_create(
            Reading(conversation=part, person_id=each.person_id, typed=each.typed) for each in typing
        )
        typing.update(typed="")
        self.item.record("conversation_went_on", by, into=part.item_id)
        return part

    def former(self, reader: Any) -> Conversation | None:
        """The part just before this one, if `reader` sees it."""
        if self.before_id is None:
            return None
        before = Conversation.objects.select_related("item__space").get(pk=self.before_id)
        return before if before.item.space_id in sight.of(reader).apart else None

    def parts(self, reader: Any) -> list[Conversation]:
        """This part and those before it that `reader` sees, the latest first."""
        found: list[Conversation] = []
        part: Conversation | None = self if self.item.space_id in sight.of(reader).apart else None
        while part is not None:
            found.append(part)
            part = part.former(reader)
        return found

    @transaction.atomic
    def leave(self, person: Any) -> None:
        """`person` takes part no more, and reads nothing of it any more, in none of its parts."""
        end = self._held_end()
        for part in end.parts(person):
            if part.item.space.unseat(person):
                part.retitle()
                part.item.record("participant_left", person, person=person.pk)
                if part == end:
                    Turn.objects.take(end.item, What.LEFT, person, [person])
        sight.forget(person)

    @transaction.atomic
    def name_it(self, name: str, by: Any) -> None:
        """Gives it a name, or takes it back: then it is called by who takes part."""
        former = self.item.title
        self.item.title = name or titled(self.participants())
        self.item.extras = {key: told for key, told in self.item.extras.items() if key != GIVEN}
        if name:
            self.item.extras[GIVEN] = True
        self.item.save(update_fields=["title", "extras"])
        if self.item.title != former:
            self.item.record("conversation_named", by, name=name)
            Turn.objects.take(self.item, What.NAMED, by, name=name)

    def retitle(self) -> None:
        """Others take part: one without a name is called by them."""
        if not self.named and not self.is_direct:
            self.item.title = titled(self.participants())
            self.item.save(update_fields=["title"])


class Reading(models.Model):
    """How far somebody has read a part of a conversation, `upto` the number of a message; and what they are typing."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    upto = models.BigIntegerField(default=0)
    at = models.DateTimeField(default=now)
    typed = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "person"], name="conversations_read_once")]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.conversation_id} · {self.upto}"


class Outcome(models.Model):
    """A message has become an item, or will when its `draft` is published. Each end is shown to who sees the other."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+")
    draft = models.ForeignKey(Draft, null=True, on_delete=models.SET_NULL, related_name="+")
    item = models.ForeignKey(Item, null=True, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "item"], name="conversations_became_once")]

    def __str__(self) -> str:
        return f"{self.comment_id} → {self.item_id or self.draft_id}"


def is_named(item: Item) -> bool:
    """Of the item of a conversation, which is often all that a list knows of it."""
    return bool(item.extras.get(GIVEN))


def pair(one: Any, other: Any) -> str:
    """The key of what two people say to each other."""
    keys = sorted(getattr(each, "pk", each) for each in (one, other))
    return f"{keys[0]}-{keys[1]}"


def titled(people: Iterable[Person]) -> str:
    """What a conversation without a name is called: who takes part."""
    names: Sequence[str] = [person.name for person in people]
    shown = ", ".join(sorted(names)[:NAMED])
    return (f"{shown} +{len(names) - NAMED}" if len(names) > NAMED else shown)[:250]
