"""The parts that people have in questions and answers."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import pgettext_lazy

from palabre.items.models import Item
from palabre.items.parts import part


@part("asked", pgettext_lazy("a part", "You asked it"), order=12, over="wrote")
def asked(person: Any) -> QuerySet[Any, Any]:
    """What they asked."""
    return Item.objects.of_kind("question").filter(author=person).order_by().values("pk")


@part("answered", pgettext_lazy("a part", "You answered"), order=14, over="wrote")
def answered(person: Any) -> QuerySet[Any, Any]:
    """What they answered: each answer, which leads to its question."""
    return Item.objects.of_kind("answer").filter(author=person).order_by().values("pk")
