"""What else comes with a question in the query that brings it: for whom it waits, which others are the same."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject

from palabre.items.models import ItemQuerySet
from palabre.questions.models import Passing, Waiting, answers_to


def put() -> ArraySubquery:
    """For whom the question still waits: by name until they answer or pass it on, by tag until anybody answers; once an
    answer is accepted, for nobody."""
    answers = answers_to(OuterRef("question"))
    heard = Exists(answers.filter(author=OuterRef("person"))) | Q(person=None) & Exists(answers)
    passed = Exists(Passing.objects.filter(question=OuterRef("question"), person=OuterRef("person")))
    waits = Waiting.objects.filter(~heard & ~passed, question=OuterRef("pk"), question__accepted=None).order_by("pk")
    brief = JSONObject(
        pk="pk", person=F("person_id"), name=F("person__name"), handle=F("person__handle"), side=F("person__side"),
        tag=F("tag__name"), key=F("tag__key"), by=F("by_id"),
    )  # fmt: skip
    return ArraySubquery(waits.values(brief=brief))


def same(visible: ItemQuerySet) -> ArraySubquery:
    """The questions that became one with this one."""
    rows: Any = visible.filter(kind="question", question__same_as=OuterRef("pk")).order_by("pk")
    return ArraySubquery(rows.values(brief=JSONObject(pk="pk", title="title")))
