"""Reviews: what named people think of an idea, on the criteria by which it is weighed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from palabre.ideas.models.idea import LONGEST, Idea
from palabre.journal.models import Event
from palabre.kit.clock import now
from palabre.people import attention


class ReviewQuerySet(models.QuerySet["Review"]):
    """Questions about reviews."""

    def given(self) -> ReviewQuerySet:
        return self.exclude(given_at=None)

    def waiting(self) -> ReviewQuerySet:
        """Those that were asked for and not given, while the idea is not over."""
        return self.filter(given_at=None, idea__meaning__in=("open", "going"))

    def told_to(self, person: Any) -> ReviewQuerySet:
        """Inside the house, each is told; but who has still to give theirs is told no other before. Guests: none."""
        if not (person.is_authenticated and person.is_inside):
            return self.none()
        owed = Review.objects.waiting().filter(idea=OuterRef("idea"), person=person.pk)
        return self.filter(Q(person=person.pk) | ~Exists(owed))


class Review(models.Model):
    """Somebody was asked to weigh an idea; when they have, `marks` say how much each criterion speaks for it, from 1 to
    5, by its key, and `score` is their mean.
    """

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="reviews")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="idea_reviews")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=now)
    marks = models.JSONField(default=dict)
    score = models.FloatField(null=True)
    words = models.TextField(blank=True, max_length=LONGEST)
    given_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["idea", "person"], name="ideas_one_review_each"),
            models.CheckConstraint(
                condition=Q(given_at=None, score=None, marks={})
                | (Q(given_at__isnull=False, score__isnull=False, score__gte=1, score__lte=5) & ~Q(marks={})),
                name="ideas_review_with_marks",
            ),
        ]
        indexes = [models.Index(fields=["person"], condition=Q(given_at=None), name="ideas_reviews_waiting")]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.idea_id}"

    @staticmethod
    @transaction.atomic
    def ask(idea: Idea, people: Collection[int], by: Any) -> tuple[int, int]:
        """Asks these people (keys) to weigh it: how many are asked, and how many are left in peace because all that the
        house asks of them this month has been asked. Nobody is asked twice.
        """
        Idea.objects.select_for_update(no_key=True).only("pk").get(pk=idea.pk)
        known = set(Review.objects.filter(idea=idea, person__in=people).values_list("person", flat=True))
        fresh = sorted(set(people) - known)
        willing = attention.ask(fresh, f"review:{idea.pk}")
        Review.objects.bulk_create(Review(idea=idea, person_id=key, asked_by=by) for key in willing)
        if willing:
            idea.item.record("review_asked", by, people=willing)
        return len(willing), len(fresh) - len(willing)

    @staticmethod
    def of(idea: Idea, person: Any) -> Review | None:
        """What they were asked for; also where they said that they cannot, and think again."""
        if asked := Review.objects.filter(idea=idea, person=person.pk).first():
            return asked
        said = Event.objects.filter(item=idea.pk, verb="review_declined", by=person.pk).order_by("-pk").first()
        return Review(idea=idea, person=person, asked_by_id=said.particulars.get("asker")) if said else None

    @transaction.atomic
    def give(self, marks: Mapping[str, int], words: str) -> None:
        """What they think of it; given again, it is what they think now. It counts, even if declined elsewhere."""
        self._hold()
        kept = Review.objects.filter(idea=self.idea_id, person=self.person_id).values_list("pk", "given_at").first()
        self.pk, before = kept or (self.pk, None)
        self.marks, self.words = dict(marks), words
        self.score, self.given_at = sum(marks.values()) / len(marks), now()
        self.save()  # written again, where it went meanwhile
        self.idea.item.record("review_changed" if before else "review_given", self.person)

    @transaction.atomic
    def decline(self) -> bool:
        """They cannot weigh it: whoever asked is told, to ask somebody else. False if they gave it meanwhile."""
        self._hold()
        declined = bool(Review.objects.filter(pk=self.pk, given_at=None).delete()[0])
        if declined:
            self.idea.item.record("review_declined", self.person, asker=self.asked_by_id)
        return declined

    def _hold(self) -> None:
        """Who is asked for what is settled one after the other."""
        Idea.objects.select_for_update(no_key=True).only("pk").get(pk=self.idea_id)
