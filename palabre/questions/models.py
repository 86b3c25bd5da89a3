"""What questions and answers know beside their items, the votes on both, and for whom a question waits."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from palabre.authoring.sameness import Mergeable
from palabre.authoring.writing import publish
from palabre.items.models import READABLE, Facet, Item
from palabre.kit.clock import now
from palabre.tags.models import Tag


class Question(Mergeable):
    """Whose answer was accepted, and which other question asks the same: both can be undone.

    A question that was merged is archived; its answers stand with the other one, and its address leads there.
    """

    accepted = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    same_as = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="merged_questions")

    brought = "answer_moved"

    def answers(self) -> models.QuerySet[Item]:
        """Those that may be read by who reads the question."""
        return answers_to(self.item_id)

    @transaction.atomic
    def answer(self, by: Any, body: str) -> Item:
        """`by` answers, in an item of its own; where the question became one with another a moment ago, that one."""
        self._hold()
        if self.same_as:
            return self.same_as.question.answer(by, body)  # type: ignore[attr-defined, no-any-return]
        item = publish("answer", self.item.space, by, self.item.title, body, parent=self.item)
        self.item.record("question_answered", by, answer=item.pk)
        return item

    @transaction.atomic
    def accept(self, answer: Item, by: Any) -> None:
        """`answer` is the one that helped; another one no longer is."""
        self._hold()
        if self.accepted_id == answer.pk:
            return
        self.accepted, self.accepted_by, self.accepted_at = answer, by, now()
        self.save(update_fields=["accepted", "accepted_by", "accepted_at"])
        self.item.record("answer_accepted", by, answer=answer.pk)

    @transaction.atomic
    def unaccept(self, by: Any) -> None:
        """None is accepted any more."""
        self._hold()
        if self.accepted_id is None:
            return
        before = self.accepted_id
        self.accepted = self.accepted_by = self.accepted_at = None
        self.save(update_fields=["accepted", "accepted_by", "accepted_at"])
        self.item.record("answer_unaccepted", by, answer=before)

    @transaction.atomic
    def wait_for(self, by: Any, *, person: Any = None, tag: Tag | None = None) -> bool:
        """The question waits for somebody, or for those who follow a tag, who are told; False if it did already."""
        _waiting, new = Waiting.objects.get_or_create(question=self, person=person, tag=tag, defaults={"by": by})
        if new and person:
            Passing.objects.filter(question=self, person=person).delete()
        if new:
            key = {"key": tag.key} if tag else {}
            self.item.record("question_put", by, person=person, waiting=True, **key)
        return new

    @transaction.atomic
    def pass_on(self, person: Any) -> None:
        """It waits for `person` no longer: they cannot help."""
        if Passing.objects.get_or_create(question=self, person=person)[1]:
            self.item.record("question_passed", person)

    @transaction.atomic
    def wait_no_more(self, waiting: Waiting, by: Any) -> None:
        """Takes back that it waits for somebody."""
        waiting.delete()
        self.item.record("question_taken_back", by, waiting=waiting.pk)

    def bring(self, other: Question, by: Any) -> list[Item]:
        """Its answers stand with the other one; each remembers where it was given."""
        moved = self._hand_over(self.pk, other.item)
        Answer.objects.filter(pk__in=[each.pk for each in moved], came_from=None).update(came_from=self.item)
        return moved

    def take_back(self, other: Item, by: Any) -> list[Item]:
        """The answers that it gave come back; one of them is accepted there no more."""
        moved = self._hand_over(other.pk, self.item, answer__came_from=self.pk)
        Answer.objects.filter(pk__in=[each.pk for each in moved]).update(came_from=None)
        Question.objects.filter(pk=other.pk, accepted__in=moved).update(
            accepted=None, accepted_by=None, accepted_at=None
        )
        return moved

    def _hand_over(self, question: int, to: Item, **among: Any) -> list[Item]:
        moved = list(Item.objects.filter(kind="answer", parent=question, **among).order_by("pk"))
        for answer in moved:
            answer.parent, answer.title = to, to.title
        Item.objects.bulk_update(moved, ["parent", "title"])
        return moved


def answers_to(question: Any) -> models.QuerySet[Item]:
    """The answers to a question, or to the outer query's, as far as they may be read by who reads it."""
    return Item.objects.filter(kind="answer", parent=question, state__in=READABLE)


def unanswered(items: models.QuerySet[Item]) -> models.QuerySet[Item]:
    """Of these items, the questions that nobody has answered."""
    return items.filter(~Exists(answers_to(OuterRef("pk"))), kind="question")


class Answer(Facet):
    """An answer belongs to the question that is its item's parent; `came_from` is the one it was given to before that
    was merged."""

    came_from = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="+")


class Vote(models.Model):
    """For or against a question or an answer, once a person; votes brought from elsewhere are nobody's by name."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="question_votes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="question_votes")
    up = models.BooleanField()
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "by"], name="questions_one_vote_each")]

    def __str__(self) -> str:
        return f"{self.by_id} {'+' if self.up else '-'} {self.item_id}"

    @classmethod
    @transaction.atomic
    def cast(cls, item: Item, by: Any, up: bool | None) -> None:
        """`by` is for it or against it from now on, or takes the vote back (None)."""
        Item.objects.select_for_update(no_key=True).only("pk").get(pk=item.pk)
        if up is None:
            changed = bool(cls.objects.filter(item=item, by=by).delete()[0])
        else:
            vote, new = cls.objects.get_or_create(item=item, by=by, defaults={"up": up})
            changed = new or vote.up != up
            if not new and changed:
                cls.objects.filter(pk=vote.pk).update(up=up, at=now())
        if changed:
            item.record("vote_withdrawn" if up is None else "voted", by)


class Waiting(models.Model):
    """A question waits for somebody, or for those who follow a tag; `by` put it to them."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="waiting")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, null=True, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "person", "tag"], name="questions_waits_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, tag=None) | Q(person=None, tag__isnull=False),
                name="questions_waits_for_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} → {self.person_id or self.tag_id}"


class Passing(models.Model):
    """Somebody cannot answer a question that waited for them."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="passings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "person"], name="questions_passed_once")]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.question_id}"
