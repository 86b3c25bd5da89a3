"""What else comes with a question in the query that brings it: for whom it waits, which others are the same."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from palabre.items.models import ItemQuerySet
from palabre.questions.models import Waiting


def put() -> ArraySubquery:
    """For whom the question waits."""
    rows = Waiting.objects.filter(question=OuterRef("pk")).order_by("pk")
    brief = JSONObject(
        pk="pk", person=F("person_id"), name=F("person__name"), handle=F("person__handle"), side=F("person__side"),
        tag=F("tag__name"), key=F("tag__key"), by=F("by_id"),
    )  # fmt: skip
    return ArraySubquery(rows.values(brief=brief))


def same(visible: ItemQuerySet) -> ArraySubquery:
    """The questions that became one with this one."""
    rows: Any = visible.filter(kind="question", question__same_as=OuterRef("pk")).order_by("pk")
    return ArraySubquery(rows.values(brief=JSONObject(pk="pk", title="title")))
