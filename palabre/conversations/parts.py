"""The part that people have in what was made of their words."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import pgettext_lazy

from palabre.conversations.models import Outcome
from palabre.items.parts import part


@part("said", pgettext_lazy("a part", "It was made of what you said"), order=15)
def said(person: Any) -> QuerySet[Any, Any]:
    """What became of a message or a comment of theirs."""
    made = Outcome.objects.filter(comment__by=person, comment__deleted_at=None, item__isnull=False)
    return made.order_by().values("item")
