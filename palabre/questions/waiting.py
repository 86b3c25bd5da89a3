"""For whom questions wait: by name, until they answer or say that they cannot; by tag, until anybody answers."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject

from palabre.items.awaiting import Awaited
from palabre.items.models import ItemQuerySet, State
from palabre.questions.models import Passing, Waiting, answers_to
from palabre.tags import interest


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


def _told(person: Any) -> dict[str, Any]:
    """By whom it was put, and to those who follow which tag; by name first."""
    told = Waiting.objects.filter(question=OuterRef("pk")).filter(Q(person=person) | interest.followed_by(person))
    put = JSONObject(tag=F("tag__name"), pk=F("by_id"), name=F("by__name"), handle=F("by__handle"), side=F("by__side"))
    return {"put": ArraySubquery(told.order_by("person", "pk").values(brief=put)[:1])}


AWAITED = Awaited("questions_waiting", waiting_for, _told)
