"""For whom questions wait: by name, until they answer or say that they cannot; by tag, until anybody answers."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.functions import JSONObject

from palabre.items.models import Item, ItemQuerySet, State
from palabre.questions.models import Passing, Waiting, answers_to
from palabre.spaces import awaiting, sight
from palabre.tags import interest

NAME = "questions_waiting"
MOST = 20


def waiting_for(person: Any, among: ItemQuerySet) -> ItemQuerySet:
    """Of these items, the questions that wait for `person` (or the slot for their key)."""
    put = Waiting.objects.filter(question=OuterRef("pk"))
    answers = answers_to(OuterRef("pk"))
    by_name = Exists(put.filter(person=person)) & ~Exists(answers.filter(author=person))
    by_tag = Exists(put.filter(interest.followed_by(person))) & ~Exists(answers)
    # Begun from what waits at all, which is little: most readers are asked nothing.
    every = Waiting.objects.filter(Q(person=person) | interest.followed_by(person)).order_by().values("question")
    passed = Passing.objects.filter(question=OuterRef("pk"), person=person)
    return (
        among.filter(pk__in=every, state=State.PUBLISHED, question__accepted=None)
        .filter(Q(by_name) | Q(by_tag), ~Exists(passed))
        .exclude(author=person)
    )


def _seen(person: Any, within: sight.Within) -> ItemQuerySet:
    # The sum keeps PostgreSQL from beginning with all that stands in these spaces.
    return waiting_for(person, Item.objects.alias(place=F("space") + 0).filter(within("place"))).order_by()


def _number(person: Any, within: sight.Within) -> Func:
    return sight.number_of(_seen(person, within), MOST)


def _told(person: Any, within: sight.Within) -> ArraySubquery:
    """The latest of them, with what is told of each."""
    found = _seen(person, within).order_by("-pk")
    told = Waiting.objects.filter(question=OuterRef("pk")).filter(Q(person=person) | interest.followed_by(person))
    brief = JSONObject(
        pk="pk", title="title", language="language", space="space_id",
        put=ArraySubquery(
            told.order_by("person", "pk").values(
                brief=JSONObject(
                    tag=F("tag__name"), pk=F("by_id"), name=F("by__name"), handle=F("by__handle"), side=F("by__side")
                )
            )[:1]
        ),
    )  # fmt: skip
    return ArraySubquery(found.values(brief=brief)[:MOST])


def number(person: Any) -> int:
    """How many wait for the reader, up to `MOST`."""
    return sight.of(person).counted.get(NAME) or 0


def of(person: Any) -> list[dict[str, Any]]:
    """What waits for the reader, the latest first."""
    return awaiting.of(person).get(NAME) or []


sight.counts(NAME, _number)
awaiting.tells(NAME, _told)
